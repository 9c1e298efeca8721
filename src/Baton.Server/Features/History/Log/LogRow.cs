using Baton.Protocol.Ledger;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>A log of the chain, as it stands in the main database.</summary>
/// <param name="Number">From 0, the oldest.</param>
/// <param name="Key">Its verifying key.</param>
/// <param name="Size">Of its head, with <paramref name="Root"/>: what has a place.</param>
/// <param name="Noted">Size of the newest signed checkpoint; -1 until there is one.</param>
/// <param name="Note">That checkpoint.</param>
internal sealed record LogRow(int Number, string Origin, string Key, long Size, byte[] Root, long Noted, string Note)
{
    /// <summary>Its head, as it is signed.</summary>
    public Checkpoint Head => new(Origin, Size, Root);

    /// <summary>The chain, oldest first; empty before the first start.</summary>
    public static List<LogRow> Chain(Ask ask)
    {
        var chain = new List<LogRow>();
        using var rows = ask("SELECT number, origin, verifying_key, size, root, noted, note FROM logs ORDER BY number");
        while (rows.Read())
        {
            chain.Add(new LogRow((int)rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetInt64(3), rows.Bytes(4), rows.GetInt64(5), rows.GetString(6)));
        }

        return chain;
    }

    /// <summary>The verifying key that the database names as its own; null before the first start.</summary>
    public static string? KeyOf(Database database) => database.Read(connection => (string?)connection.Scalar("SELECT ledger_key FROM installation WHERE id = 1"));

    /// <summary>The log that entries go into.</summary>
    public static LogRow Newest(Ask ask) => Chain(ask)[^1];
}
