using Baton.Protocol;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>The SQL of nodes: one row each, with a number that its node counts up while it serves.</summary>
internal sealed class NodeStore(Database database, Ledger ledger)
{
    /// <inheritdoc cref="Database.IsShared" />
    public bool IsShared => database.IsShared;

    public Task<int> Beat(Id node) => ledger.Housekeeping(transaction => transaction.Execute(
        "INSERT INTO nodes (id, beat) VALUES (@id, 1) ON CONFLICT (id) DO UPDATE SET beat = nodes.beat + 1", ("@id", node)));

    public Task<int> Forget(Id node) => ledger.Housekeeping(transaction => transaction.Execute("DELETE FROM nodes WHERE id = @id", ("@id", node)));

    public List<(Id Node, long Beat)> All() => database.Read(connection =>
    {
        var all = new List<(Id, long)>();
        using var rows = connection.Query("SELECT id, beat FROM nodes");
        while (rows.Read())
        {
            all.Add((rows.Id(0), rows.GetInt64(1)));
        }

        return all;
    });
}
