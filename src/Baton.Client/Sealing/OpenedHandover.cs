using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Baton.Client.Keys;
using Baton.Protocol;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Sealing;

/// <summary>A handover whose content has been opened and checked against what its sender signed. spec/handover.md §5.</summary>
public sealed class OpenedHandover
{
    private readonly HandoverKeys keys;
    private readonly LinkOpened opened;

    private OpenedHandover(HandoverKeys keys, LinkOpened opened, Content content, CreatedEntry created)
    {
        this.keys = keys;
        this.opened = opened;
        Content = content;
        Created = created;
    }

    /// <summary>What the recipient gets.</summary>
    public Content Content { get; }

    /// <summary>What the ledger says of the handover.</summary>
    public CreatedEntry Created { get; }

    /// <summary>The created entry's exact text.</summary>
    public string CreatedText => opened.Created;

    /// <summary>The claimed entry's exact text.</summary>
    public string ClaimedText => opened.Claimed;

    /// <summary>Opens what this recipient replies, and nothing else.</summary>
    public byte[] ReplyKey => keys.ReplyKey(opened.Share);

    /// <summary>Proves to the server that the content was decrypted.</summary>
    public byte[] DisplayedProof => keys.DisplayedProof(opened.Share);

    /// <summary>Key of one file.</summary>
    public byte[] FileKey(int index) => keys.FileKey(opened.Share, index);

    /// <summary>
    /// Opens and checks the answer to a claim; false whatever the reason. Nothing of it may be shown before this says true.
    /// The handover reads the keys until it is no longer used.
    /// </summary>
    /// <param name="readerKey">The public half of the key that claimed.</param>
    public static bool TryOpen(HandoverKeys keys, byte[] readerKey, LinkOpened opened, [NotNullWhen(true)] out OpenedHandover? handover)
    {
        handover = null;
        var contentKey = keys.ContentKey(opened.Share);
        if (!SealedContent.TryOpen(contentKey, keys.Locator, (HandoverFlags)opened.Flags, opened.Sealed, out var text))
        {
            return false;
        }

        if (Content.TryParse(text, out var content)
            && CreatedEntry.TryParse(opened.Created, out var created)
            && ClaimedEntry.TryParse(opened.Claimed, out var claimed)
            && Card.TryParse(content.Sender.Card, out var card)
            && IsWhatWasSigned(keys, opened, content, created, card)
            && claimed.Handover == created.Handover
            && claimed.ReaderKey.AsSpan().SequenceEqual(readerKey))
        {
            handover = new OpenedHandover(keys, opened, content, created);
        }

        CryptographicOperations.ZeroMemory(contentKey);
        CryptographicOperations.ZeroMemory(text);
        return handover is not null;
    }

    /// <summary>Makes a receipt, signed by the key that claimed.</summary>
    /// <param name="seq">1 for the first, larger for each later one.</param>
    /// <param name="statuses">One of <see cref="ReceiptStatement.Statuses"/> for each entry.</param>
    /// <param name="notes">One text for each entry.</param>
    public LinkReceipt Receipt(ECDsa reader, uint seq, IReadOnlyList<string> statuses, string name, IReadOnlyList<string> notes, DateTimeOffset clock)
    {
        var statement = new ReceiptStatement(seq, [.. Created.Items.Zip(statuses, (item, status) => new ReceiptItem(item, status))]);
        var text = statement.ToText();
        var replyKey = keys.ReplyKey(opened.Share);
        var reply = Reply.To(statement, name, notes, clock).Close(replyKey, Created.Handover, seq);
        CryptographicOperations.ZeroMemory(replyKey);
        var signature = Signatures.Sign(reader, SignedText.Receipt(Created.Handover, opened.Claimed, text, reply));
        return new LinkReceipt(keys.Locator, text, reply, signature);
    }

    private static bool IsWhatWasSigned(HandoverKeys keys, LinkOpened opened, Content content, CreatedEntry created, Card card)
    {
        var commitments = Commitment.Of(content);
        return content.Handover == created.Handover
            && content.Organization.Id == created.Org
            && created.Flags == opened.Flags
            && created.Sealed.AsSpan().SequenceEqual(SHA256.HashData(opened.Sealed))
            && created.DisplayedTag.AsSpan().SequenceEqual(keys.DisplayedTag(opened.Share))
            && card.Organization == created.Org
            && card.Member == created.Member
            && created.Card.AsSpan().SequenceEqual(card.Hash())
            && created.Recipient.AsSpan().SequenceEqual(commitments.Recipient)
            && created.Items.Count == commitments.Items.Count
            && created.Items.Zip(commitments.Items).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))
            && Signatures.Verify(card.Ecdsa, SignedText.Created(
                created.Org, created.Group, created.Handover, created.Sealed, created.DisplayedTag, created.Life, created.Flags, commitments), created.Signature);
    }
}
