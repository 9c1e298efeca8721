using System.Data.Common;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>What one read of the main database tells about a locator.</summary>
internal sealed record LinkRow(
    long Number, Id Handover, Id Organization, string State, byte Flags, byte[] ClaimTag, byte[] DisplayedTag, long ExpiresAt,
    byte[]? ReaderKey, long? ClaimedAt, long? ReadUntil, int Files)
{
    public bool HasPassword => (Flags & HandoverFlags.Password) != 0;

    public bool IsWaitingAt(long now) => State == HandoverState.Waiting && ExpiresAt > now;

    /// <summary>Claimed by this reader, and its window is open.</summary>
    public bool IsReadBy(ReadOnlySpan<byte> readerKey, long now) =>
        State == HandoverState.Claimed && ReadUntil > now && CryptographicOperations.FixedTimeEquals(ReaderKey, readerKey);
}

/// <summary>The two reads and the one comparison that everything opened by a link begins with.</summary>
internal sealed class LinkStore(Database database, Shares shares)
{
    private static readonly Id Nobody = new(RandomNumberGenerator.GetBytes(Id.Size));
    private static readonly byte[] NoShare = RandomNumberGenerator.GetBytes(32);

    /// <summary>The handover under this locator, whatever its state; null when there is none.</summary>
    public LinkRow? Find(byte[] locator)
    {
        var hash = SHA256.HashData(locator);
        return database.Read(connection => Find(connection, hash));
    }

    /// <summary>
    /// Proves a claim key: one main read, one share read, one HMAC, whether or not there is anything under the locator
    /// (spec/handover.md §5, uniform answer). <paramref name="share"/> is null unless the key is right.
    /// </summary>
    /// <returns>The handover whose share is there; null when there is none.</returns>
    /// <exception cref="SharesUnavailableException">The share store is out of reach.</exception>
    public LinkRow? Prove(byte[] locator, byte[] claimKey, out byte[]? share)
    {
        var row = Find(locator);
        var found = shares.Find(row?.Handover ?? Nobody);
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(found ?? NoShare, claimKey, tag);
        Tracing.Did("key compared");
        var right = CryptographicOperations.FixedTimeEquals(tag, row?.ClaimTag ?? NoShare);
        if (row is null || found is null)
        {
            share = null;
            return null;
        }

        share = right ? found : null;
        if (!right)
        {
            CryptographicOperations.ZeroMemory(found);
        }

        return row;
    }

    /// <summary>What lookup may tell; null unless the handover waits and its share is there.</summary>
    /// <exception cref="SharesUnavailableException">The share store is out of reach.</exception>
    public (LinkRow Row, LinkFace Face)? FindReady(byte[] locator, long now)
    {
        var row = Find(locator);
        var share = shares.Find(row?.Handover ?? Nobody);
        if (share is null || row is null || !row.IsWaitingAt(now))
        {
            return null;
        }

        CryptographicOperations.ZeroMemory(share);
        return (row, database.Read(connection => Face(connection, row)));
    }

    /// <summary>The reader's answer once more: sealed content and the exact texts of the created and claimed entries; null once destroyed.</summary>
    public Opened? FindOpened(LinkRow row) => database.ReadSnapshot(connection =>
        SealedIn(connection.Query, row.Number) is { } bytes
            ? new Opened(bytes, EntryIn(connection.Query, row.Number, "created"), EntryIn(connection.Query, row.Number, "claimed"))
            : null);

    /// <summary>Sizes of the encrypted files, in order.</summary>
    public List<FileShape> Files(LinkRow row) => database.Read(connection => Files(connection, row.Handover));

    /// <summary>One encrypted chunk; null when it is not (or no longer) there.</summary>
    public byte[]? Chunk(LinkRow row, int file, int chunk) => database.Read(connection => (byte[]?)connection.Scalar(
        "SELECT bytes FROM chunks WHERE handover = @handover AND file = @file AND chunk = @chunk",
        ("@handover", row.Handover), ("@file", file), ("@chunk", chunk)));

    /// <summary>The exact text of the one entry of this kind.</summary>
    public string Entry(LinkRow row, string kind) => database.Read(connection => EntryIn(connection.Query, row.Number, kind));

    internal static byte[]? SealedIn(Ask ask, long number)
    {
        using var rows = ask("SELECT bytes FROM sealed WHERE handover = @number", ("@number", number));
        return rows.Read() ? rows.Bytes(0) : null;
    }

    internal static string EntryIn(Ask ask, long number, string kind)
    {
        using var rows = ask("SELECT bytes FROM ledger WHERE handover = @number AND kind = @kind ORDER BY id", ("@number", number), ("@kind", kind));
        return rows.Read() ? System.Text.Encoding.UTF8.GetString(rows.Bytes(0)) : throw new InvalidDataException($"No {kind} entry.");
    }

    private static LinkRow? Find(Connection connection, byte[] locatorHash)
    {
        using var row = connection.Query(
            """
            SELECT number, handover, organization, state, flags, claim_tag, displayed_tag, expires_at, reader_key, claimed_at, read_until, files
            FROM handovers WHERE locator_hash = @locator_hash
            """,
            ("@locator_hash", locatorHash));
        return row.Read()
            ? new LinkRow(
                row.GetInt64(0), row.Id(1), row.Id(2), row.GetString(3), (byte)row.GetInt64(4), row.Bytes(5), row.Bytes(6), row.GetInt64(7),
                row.BytesOrNull(8), row.NumberOrNull(9), row.NumberOrNull(10), (int)row.GetInt64(11))
            : null;
    }

    private static LinkFace Face(Connection connection, LinkRow row)
    {
        var files = row.Files == 0 ? [] : Files(connection, row.Handover);
        using var face = connection.Query(
            """
            SELECT h.language, o.name, CASE WHEN h.show_sender THEN m.name END
            FROM handovers h JOIN organizations o ON o.id = h.organization JOIN members m ON m.id = h.member
            WHERE h.number = @number
            """,
            ("@number", row.Number));
        face.Read();
        return new LinkFace(face.GetString(0), face.GetString(1), face.TextOrNull(2), files);
    }

    private static List<FileShape> Files(Connection connection, Id handover)
    {
        var files = new List<FileShape>();
        using var rows = connection.Query("SELECT size FROM files WHERE handover = @handover ORDER BY file", ("@handover", handover));
        while (rows.Read())
        {
            files.Add(new FileShape(rows.GetInt64(0)));
        }

        return files;
    }
}

/// <summary>What whoever holds the link may see before the opening.</summary>
internal sealed record LinkFace(string Language, string Organization, string? Sender, IReadOnlyList<FileShape> Files);

/// <summary>What the one reader gets: sealed content, exact entries.</summary>
internal sealed record Opened(byte[] Sealed, string Created, string Claimed);
