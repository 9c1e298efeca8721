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
            details?.Title, details?.Recipient, details?.Items.Select(item => item.Title).ToList());
    }

    public static Story Of(HandoverDetail detail, UnlockedMember? unlocked)
    {
        var details = DetailsOf(detail.Summary, unlocked);
        var timeLine = new List<StoryEntry>();
        foreach (var entry in detail.Entries)
        {
            if (EntryHead.TryParse(entry.Text, out var head))
            {
                timeLine.Add(new StoryEntry(head.Kind, head.Time, head.Actor, entry.Observed?.Address));
            }
        }

        return new Story(RowOf(detail.Summary, unlocked), timeLine, [.. detail.Replies.Select(reply => ReceiptOf(detail.Summary, reply, details))]);
    }

    private static StoryReceipt ReceiptOf(HandoverSummary summary, HandoverReply sent, Details? details)
    {
        Reply? reply = null;
        var genuine = details is not null && Reply.TryOpen(details.ReplyKey, summary.Handover, (uint)sent.Seq, sent.Statement, sent.Reply, out reply);
        var items = ReceiptStatement.TryParse(sent.Statement, out var statement)
            ? statement.Items.Select((item, i) => new StoryReceiptItem(details?.Items.ElementAtOrDefault(i)?.Title, item.Status, reply?.Notes.ElementAtOrDefault(i)))
            : [];
        return new StoryReceipt(sent.Seq, genuine, reply?.Name, [.. items]);
    }

    /// <summary>The details that the member's keys open.</summary>
    public static Details? DetailsOf(HandoverSummary summary, UnlockedMember? unlocked)
    {
        if (unlocked is null || !unlocked.TryKey(summary.Group, summary.GroupVersion, out var key))
        {
            return null;
        }

        var place = new DetailsPlace(unlocked.Organization, summary.Group, summary.GroupVersion, summary.Handover);
        return Details.TryOpen(key.History, place, summary.Details, out var details) ? details : null;
    }
}
