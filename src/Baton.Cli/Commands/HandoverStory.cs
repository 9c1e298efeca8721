using Baton.Cli.Output;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;

namespace Baton.Cli.Commands;

/// <summary>What the server tells of a handover, with what only the member's keys can add.</summary>
internal static class HandoverStory
{
    public static HistoryRow RowOf(HandoverSummary summary, UnlockedMember? unlocked)
    {
        var details = DetailsOf(summary, unlocked);
        return new HistoryRow(
            summary.Handover.ToString(), summary.State, summary.CreatedAt, summary.ChangedAt, summary.ExpiresAt, summary.SenderName, summary.Channel,
            details?.Title, PersonalOf(summary, unlocked)?.Recipient, details?.Items.Select(item => item.Title).ToList());
    }

    public static Story Of(HandoverDetail detail, UnlockedMember? unlocked)
    {
        var (details, personal) = (DetailsOf(detail.Summary, unlocked), PersonalOf(detail.Summary, unlocked));
        var timeLine = new List<StoryEntry>();
        foreach (var entry in detail.Entries)
        {
            if (EntryHead.TryParse(entry.Text, out var head))
            {
                timeLine.Add(new StoryEntry(head.Kind, head.Time, head.Actor, entry.Observed?.Address));
            }
        }

        return new Story(RowOf(detail.Summary, unlocked), timeLine, [.. detail.Replies.Select(reply => ReceiptOf(detail.Summary, reply, details, personal))]);
    }

    private static StoryReceipt ReceiptOf(HandoverSummary summary, HandoverReply sent, Details? details, Personal? personal)
    {
        Reply? reply = null;
        var genuine = personal is not null && sent.Reply is { } text && Reply.TryOpen(personal.ReplyKey, summary.Handover, (uint)sent.Seq, sent.Statement, text, out reply);
        var items = ReceiptStatement.TryParse(sent.Statement, out var statement)
            ? statement.Items.Select((item, i) => new StoryReceiptItem(details?.Items.ElementAtOrDefault(i)?.Title, item.Status, reply?.Notes.ElementAtOrDefault(i)))
            : [];
        return new StoryReceipt(sent.Seq, genuine, reply?.Name, [.. items]);
    }

    /// <summary>The details that the member's keys open; null also once they were erased.</summary>
    public static Details? DetailsOf(HandoverSummary summary, UnlockedMember? unlocked) =>
        summary.Details is { } there && KeyOf(summary, unlocked) is { } key && Details.TryOpen(key, PlaceOf(summary, unlocked!), there, out var details) ? details : null;

    /// <summary>What concerns the recipient; null also once it was erased.</summary>
    public static Personal? PersonalOf(HandoverSummary summary, UnlockedMember? unlocked) =>
        summary.Personal is { } there && KeyOf(summary, unlocked) is { } key && Personal.TryOpen(key, PlaceOf(summary, unlocked!), there, out var personal) ? personal : null;

    private static byte[]? KeyOf(HandoverSummary summary, UnlockedMember? unlocked) =>
        unlocked is not null && unlocked.TryKey(summary.Group, summary.GroupVersion, out var key) ? key.History : null;

    private static DetailsPlace PlaceOf(HandoverSummary summary, UnlockedMember unlocked) =>
        new(unlocked.Organization, summary.Group, summary.GroupVersion, summary.Handover);
}
