using System.Security.Cryptography;
using System.Text.Json;
using Baton.Client.Keys;
using Baton.Protocol;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Sealing;

/// <summary>A file to hand over. It is read twice: once for its hash, once to encrypt it.</summary>
public sealed record Attachment(string Name, long Size, byte[] Sha256, Func<Stream> Open)
{
    /// <summary>An attachment of these bytes.</summary>
    public static Attachment Of(string name, byte[] bytes) =>
        new(name, bytes.Length, SHA256.HashData(bytes), () => new MemoryStream(bytes, writable: false));

    /// <summary>A file on disk, hashed now.</summary>
    public static async Task<Attachment> FromAsync(string path, CancellationToken cancel = default)
    {
        await using var file = File.OpenRead(path);
        var hash = await SHA256.HashDataAsync(file, cancel);
        return new Attachment(Path.GetFileName(path), file.Length, hash, () => File.OpenRead(path));
    }

    /// <summary>Its encrypted chunks, in order; the file is never whole in memory.</summary>
    internal IEnumerable<byte[]> Chunks(byte[] key)
    {
        var buffer = new byte[FileChunks.ChunkSize];
        using var source = Open();
        var count = FileChunks.ChunkCount(Size);
        for (var number = 0; number < count; number++)
        {
            var last = number == count - 1;
            var size = last ? (int)(Size - ((long)number * FileChunks.ChunkSize)) : FileChunks.ChunkSize;
            source.ReadExactly(buffer, 0, size);
            yield return FileChunks.CloseChunk(key, number, last, buffer.AsSpan(0, size));
        }
    }
}

/// <summary>What a sender has typed, before anything is sealed.</summary>
/// <param name="AccessPassword">Null to go without.</param>
/// <param name="Channel">How the access password travels; <c>none</c> without one.</param>
/// <param name="Title">For the sender's own history.</param>
public sealed record HandoverDraft(
    IReadOnlyList<Entry> Entries, IReadOnlyList<Attachment> Attachments, string? AccessPassword, string Channel, uint LifeSeconds,
    string Title, string Recipient = "", string? Message = null, string Language = "en", bool ShowSender = true)
{
    /// <summary>Where in the vault each entry came from; null for one that isn't kept there, and as a whole for none that is.</summary>
    public IReadOnlyList<EntrySource?>? Sources { get; init; }

    /// <summary>The handover that this one takes the place of: its link dies.</summary>
    public Id? Replaces { get; init; }

    /// <summary>
    /// Seals the draft with a fresh link key and share. Any edit means sealing anew: contentKey encrypts one message.
    /// </summary>
    /// <param name="member">Who hands over.</param>
    /// <param name="group">The group the handover belongs to.</param>
    /// <param name="origin">Where the recipient goes.</param>
    /// <param name="ledgerKey">The server's verifying key.</param>
    public SealedHandover Seal(UnlockedMember member, GroupKey group, string origin, string ledgerKey) =>
        Seal(member, group, origin, ledgerKey, HandoverSeed.Fresh());

    internal SealedHandover Seal(UnlockedMember member, GroupKey group, string origin, string ledgerKey, HandoverSeed seed)
    {
        var content = new Content(
            1, seed.Handover, origin, ledgerKey, new OrganizationName(member.Organization, member.Session.Organization.Name),
            new ContentSender(member.Session.Member.Name, member.Card.ToBytes(), member.CardSignature),
            Recipient, seed.RecipientSalt, Language, Entries,
            string.IsNullOrEmpty(Message) ? null : Message,
            Attachments.Count == 0 ? null : [.. Attachments.Select(file => new ContentFile(file.Name, file.Size, file.Sha256))]);
        var keys = HandoverKeys.From(seed.LinkKey, AccessPassword);
        var flags = (AccessPassword is null ? HandoverFlags.None : HandoverFlags.Password) | (Attachments.Count == 0 ? HandoverFlags.None : HandoverFlags.Files);
        var text = content.ToText();
        var contentKey = keys.ContentKey(seed.Share);
        var sealedContent = SealedContent.Close(contentKey, keys.Locator, flags, text);
        CryptographicOperations.ZeroMemory(text);
        CryptographicOperations.ZeroMemory(contentKey);

        var commitments = Commitment.Of(content);
        var displayedTag = keys.DisplayedTag(seed.Share);
        var place = new DetailsPlace(member.Organization, group.Group.Group, group.Group.Version, seed.Handover);
        var request = new CreateHandover(
            seed.Handover, place.Group, place.GroupVersion, keys.LocatorHash, seed.Share, keys.ClaimTag(seed.Share), displayedTag, (byte)flags,
            LifeSeconds, AccessPassword is null ? "none" : Channel, Language, ShowSender,
            sealedContent, Details.Of(content, Title, Sources).Close(group.History, place), Personal.Of(content, keys.ReplyKey(seed.Share)).Close(group.History, place), commitments,
            Signatures.Sign(member.Keys.Ecdsa, SignedText.Created(
                member.Organization, place.Group, seed.Handover, SHA256.HashData(sealedContent), displayedTag, LifeSeconds, (byte)flags, commitments)),
            Attachments.Count == 0 ? null : [.. Attachments.Select(file => FileChunks.WireSize(file.Size))], Replaces);
        return new SealedHandover(keys, origin, member.Organization, request, Attachments);
    }
}

/// <summary>The random parts of one handover, together so that vectors can fix them.</summary>
internal sealed record HandoverSeed(Id Handover, byte[] LinkKey, byte[] Share, byte[] RecipientSalt)
{
    public static HandoverSeed Fresh() => new(
        new Id(RandomNumberGenerator.GetBytes(Id.Size)), RandomNumberGenerator.GetBytes(HandoverKeys.KeySize),
        RandomNumberGenerator.GetBytes(HandoverKeys.KeySize), Commitment.NewSalt());
}

/// <summary>A sealed handover: its link, the one request that creates it, and its files' chunks.</summary>
public sealed class SealedHandover : IDisposable
{
    private readonly HandoverKeys keys;
    private readonly Id organization;
    private readonly IReadOnlyList<Attachment> attachments;

    internal SealedHandover(HandoverKeys keys, string origin, Id organization, CreateHandover request, IReadOnlyList<Attachment> attachments)
    {
        this.keys = keys;
        this.organization = organization;
        this.attachments = attachments;
        Request = request;
        Body = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Shared);
        Link = keys.LinkAt(origin);
    }

    /// <summary>What is sent.</summary>
    public CreateHandover Request { get; }

    /// <summary>Its exact bytes: a retry repeats these.</summary>
    public byte[] Body { get; }

    /// <summary>The link to give to the recipient: a secret.</summary>
    public string Link { get; }

    /// <summary>Number of files.</summary>
    public int Files => attachments.Count;

    /// <summary>Whether the entry that the server wrote says what was signed here, and nothing else.</summary>
    public bool IsCreated(string created) =>
        CreatedEntry.TryParse(created, out var entry)
        && entry.Org == organization
        && entry.Handover == Request.Handover
        && entry.Group == Request.Group
        && entry.Life == Request.LifeSeconds
        && entry.Flags == Request.Flags
        && entry.Channel == Request.Channel
        && entry.Files == attachments.Count
        && entry.Sealed.AsSpan().SequenceEqual(SHA256.HashData(Request.Sealed))
        && entry.DisplayedTag.AsSpan().SequenceEqual(Request.DisplayedTag)
        && entry.Signature.AsSpan().SequenceEqual(Request.Signature)
        && entry.Recipient.AsSpan().SequenceEqual(Request.Commitments.Recipient)
        && entry.Items.Count == Request.Commitments.Items.Count
        && entry.Items.Zip(Request.Commitments.Items).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    /// <summary>The encrypted chunks of one file, in order; the file is never whole in memory.</summary>
    public IEnumerable<byte[]> Chunks(int file) => attachments[file].Chunks(keys.FileKey(Request.Share, file));

    /// <inheritdoc />
    public void Dispose()
    {
        keys.Dispose();
        CryptographicOperations.ZeroMemory(Request.Share);
        CryptographicOperations.ZeroMemory(Body);
    }
}
