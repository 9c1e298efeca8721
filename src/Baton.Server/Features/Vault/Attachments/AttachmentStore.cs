using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>Encrypted files, chunk by chunk: their uploader's alone until an entry refers to them. spec/vault.md §4.</summary>
internal sealed class AttachmentStore(Database database, Ledger ledger, BatonOptions settings, TimeProvider clock)
{
    /// <summary>Announces a file, and counts it; the same again is fine. The right to edit is looked at here once more.</summary>
    public Task<Answer<Done>> Begin(CurrentMember member, NewAttachment file) => ledger.Housekeeping<Answer<Done>>(transaction =>
    {
        var access = GroupAccess.Of(transaction.Query, member, file.Group);
        if ((GroupAccess.Lacks(access, Right.Edit) ?? access!.IsNot(GroupState.Active)) is { } refused)
        {
            return refused;
        }

        using (var row = transaction.Query("SELECT member, size, loose_since FROM attachments WHERE file = @file", ("@file", file.File)))
        {
            if (row.Read())
            {
                return row.Id(0) == member.Member && row.GetInt64(1) == file.Size && row.NumberOrNull(2) != 0 ? Done.It : ProblemType.Conflict;
            }
        }

        if (!VaultBytes.Add(transaction.Execute, member.Organization, file.Size, settings))
        {
            return VaultBytes.Full(settings);
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        transaction.Execute(
            "INSERT INTO attachments (file, organization, member, size, created_at, loose_since) VALUES (@file, @organization, @member, @size, @now, @now)",
            ("@file", file.File), ("@organization", member.Organization), ("@member", member.Member), ("@size", file.Size), ("@now", now));
        return Done.It;
    });

    /// <summary>Keeps one chunk of the member's own file; the same chunk again is fine.</summary>
    public Task<Answer<Done>> Keep(CurrentMember member, Id file, int chunk, byte[] bytes) => ledger.Housekeeping<Answer<Done>>(transaction =>
    {
        using (var row = transaction.Query(
            "SELECT size FROM attachments WHERE file = @file AND member = @member AND (loose_since IS NULL OR loose_since > 0)",
            ("@file", file), ("@member", member.Member)))
        {
            if (!row.Read() || chunk >= new FileShape(row.GetInt64(0)).Chunks)
            {
                return ProblemType.NotFound;
            }

            if (bytes.Length != new FileShape(row.GetInt64(0)).ChunkAt(chunk))
            {
                return Problems.Invalid("chunk", "has not the size that the file's size gives it");
            }
        }

        if (transaction.Execute(
            "INSERT INTO attachment_chunks (file, chunk, bytes) VALUES (@file, @chunk, @bytes) ON CONFLICT DO NOTHING",
            ("@file", file), ("@chunk", chunk), ("@bytes", bytes)) == 1)
        {
            return Done.It;
        }

        var there = (byte[]?)transaction.Scalar("SELECT bytes FROM attachment_chunks WHERE file = @file AND chunk = @chunk", ("@file", file), ("@chunk", chunk));
        return bytes.AsSpan().SequenceEqual(there) ? Done.It : Problems.Of(ProblemType.Conflict, "This chunk is there with another content.");
    });

    /// <summary>The file, if the member may read it now.</summary>
    public FileShape? FindReadBy(CurrentMember member, Id file) => database.Read(connection =>
        FileReferences.MayRead(connection.Query, member.Member, file)
        && connection.Scalar("SELECT size FROM attachments WHERE file = @file", ("@file", file)) is long size
            ? new FileShape(size)
            : (FileShape?)null);

    /// <summary>One encrypted chunk; null when it is not (or no longer) there.</summary>
    public byte[]? Chunk(Id file, int chunk) => database.Read(connection =>
        (byte[]?)connection.Scalar("SELECT bytes FROM attachment_chunks WHERE file = @file AND chunk = @chunk", ("@file", file), ("@chunk", chunk)));
}
