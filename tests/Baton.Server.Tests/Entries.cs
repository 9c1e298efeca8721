using System.Text.Json;
using Baton.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests;

/// <summary>The ledger, as it stands in the database.</summary>
internal static class Entries
{
    public static List<JsonElement> Of(BatonServer server, string kind) =>
        server.Services.GetRequiredService<Database>().Read(connection => Of(connection, kind));

    public static List<JsonElement> Of(Connection connection, string kind)
    {
        var entries = new List<JsonElement>();
        using var rows = connection.Query("SELECT bytes FROM ledger WHERE kind = @kind ORDER BY id", ("@kind", kind));
        while (rows.Read())
        {
            entries.Add(JsonElement.Parse(rows.Bytes(0)));
        }

        return entries;
    }
}
