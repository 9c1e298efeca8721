using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Audit;

/// <summary>The logs as members see them: heads, and proofs for whoever keeps a checkpoint. spec/ledger.md §7.</summary>
internal sealed class AuditStore(Database database, Checkup checkup, StampStore stamps, Stamper stamper)
{
    private const int StampsShown = 100;

    /// <summary>The chain with its newest signed checkpoints.</summary>
    public LedgerHead Head() => database.ReadSnapshot(connection => new LedgerHead(
        [.. LogRow.Chain(connection.Query).Select(log => new LogHead(log.Origin, log.Key, Math.Max(0, log.Noted), log.Note))],
        (long)connection.Scalar("SELECT count(*) FROM ledger WHERE leaf_index IS NULL")!, checkup.Progress, stamps.Newest(StampsShown), stamper.States()));

    /// <summary>Null beyond the newest checkpoint.</summary>
    public InclusionProof? Inclusion(long log, long index, long size) => InLog(log, size, tiles =>
        index < size ? new InclusionProof(tiles.Hash(0, index), tiles.Inclusion(index, size)) : null);

    /// <summary>Null beyond the newest checkpoint.</summary>
    public ConsistencyProof? Consistency(long log, long from, long to) => InLog(log, to, tiles =>
        from <= to ? new ConsistencyProof(tiles.Consistency(from, to)) : null);

    /// <summary>The newest signed checkpoint of the newest log; null before the first.</summary>
    public string? Checkpoint() => database.Read(connection => LogRow.Newest(connection.Query) is { Noted: >= 0 } log ? log.Note : null);

    /// <summary>The first so many hashes of a tile of the newest log; null where the newest checkpoint has no such tile.</summary>
    public byte[]? Tile(int level, long tile, int width) => database.ReadSnapshot(connection =>
    {
        var log = LogRow.Newest(connection.Query);
        var there = (log.Noted >> (8 * level)) - (tile * Tiles.Width);
        return there < width ? null : new Tiles(connection.Query, log.Number).Read(level, tile).AsSpan(0, width * 32).ToArray();
    });

    private T? InLog<T>(long number, long size, Func<Tiles, T?> prove)
        where T : class => database.ReadSnapshot(connection =>
        LogRow.Chain(connection.Query).Find(log => log.Number == number) is { } log && size <= log.Noted ? prove(new Tiles(connection.Query, log.Number)) : null);
}
