using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

internal enum ChunkOutcome
{
    Kept,
    NoDraft,
    NoSuchChunk,
    WrongSize,
    AnotherContent,
}

/// <summary>The encrypted files of a draft, chunk by chunk, in any order. One chunk is in memory at a time.</summary>
internal sealed class ChunkStore(Ledger ledger, TimeProvider clock)
{
    /// <summary>Keeps a chunk of the member's own draft; the same chunk again is fine.</summary>
    public Task<ChunkOutcome> Keep(Id handover, Id member, int file, int chunk, byte[] bytes)
    {
        var alive = clock.GetUtcNow().ToUnixTimeMilliseconds() - HandoverRules.DraftLife;
        return ledger.Housekeeping(transaction => Keep(transaction, handover, member, file, chunk, bytes, alive));
    }

    private static ChunkOutcome Keep(HousekeepingTransaction transaction, Id handover, Id member, int file, int chunk, byte[] bytes, long alive)
    {
        if (transaction.Scalar(
            "SELECT 1 FROM drafts WHERE handover = @handover AND member = @member AND created_at > @alive",
            ("@handover", handover), ("@member", member), ("@alive", alive)) is null)
        {
            return ChunkOutcome.NoDraft;
        }

        if (transaction.Scalar("SELECT size FROM files WHERE handover = @handover AND file = @file", ("@handover", handover), ("@file", file)) is not long size
            || chunk < 0 || chunk >= new FileShape(size).Chunks)
        {
            return ChunkOutcome.NoSuchChunk;
        }

        if (bytes.Length != new FileShape(size).ChunkAt(chunk))
        {
            return ChunkOutcome.WrongSize;
        }

        if (transaction.Execute(
            "INSERT INTO chunks (handover, file, chunk, bytes) VALUES (@handover, @file, @chunk, @bytes) ON CONFLICT DO NOTHING",
            ("@handover", handover), ("@file", file), ("@chunk", chunk), ("@bytes", bytes)) == 1)
        {
            return ChunkOutcome.Kept;
        }

        var there = (byte[]?)transaction.Scalar(
            "SELECT bytes FROM chunks WHERE handover = @handover AND file = @file AND chunk = @chunk",
            ("@handover", handover), ("@file", file), ("@chunk", chunk));
        return bytes.AsSpan().SequenceEqual(there) ? ChunkOutcome.Kept : ChunkOutcome.AnotherContent;
    }
}
