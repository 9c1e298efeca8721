using System.Data.Common;
using Baton.Protocol;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>A writable transaction, lent by the <see cref="Ledger"/> for one operation.</summary>
internal sealed class LedgerTransaction(Connection connection)
{
    private readonly List<Id> affected = [];
    private bool ended;

    /// <inheritdoc cref="Connection.Execute" />
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => connection.Execute(sql, values);

    /// <inheritdoc cref="Connection.Query" />
    public DbDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => connection.Query(sql, values);

    /// <inheritdoc cref="Connection.Scalar" />
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => connection.Scalar(sql, values);

    /// <summary>
    /// The member's role, rights or sessions are not what they were: once this is committed and before it is answered, what is kept in
    /// memory of the member is read anew and its live updates end. Other nodes find another number of changes.
    /// </summary>
    public void Affects(Id member)
    {
        affected.Add(member);
        connection.Execute("UPDATE members SET changes = changes + 1 WHERE id = @member", ("@member", member));
    }

    /// <summary>Ends an operation that changed something: the entries that tell it, in their order, the first always there.</summary>
    public Recorded<T> Record<T>(T result, LedgerEntry first, params ReadOnlySpan<LedgerEntry> more)
    {
        End();
        Append(first);
        foreach (var entry in more)
        {
            Append(entry);
        }

        return new Made<T>(result, first, more.ToArray(), affected);
    }

    /// <summary>Ends an operation that changed nothing; if it did after all, the change is taken back.</summary>
    public Recorded<T> Nothing<T>(T result)
    {
        End();
        return new Made<T>(result, first: null, [], []);
    }

    private void End()
    {
        if (ended)
        {
            throw new InvalidOperationException("An operation ends once.");
        }

        ended = true;
    }

    private void Append(LedgerEntry entry) => connection.Execute(
        "INSERT INTO ledger (organization, handover, kind, time, bytes, observed) VALUES (@organization, @handover, @kind, @time, @bytes, @observed)",
        ("@organization", entry.Organization), ("@handover", entry.HandoverNumber), ("@kind", entry.Kind),
        ("@time", entry.Time), ("@bytes", entry.Bytes), ("@observed", entry.Observed));

    private sealed record Made<T> : Recorded<T>
    {
        public Made(T result, LedgerEntry? first, LedgerEntry[] more, IReadOnlyList<Id> affected)
            : base(result, first, more, affected)
        {
        }
    }
}
