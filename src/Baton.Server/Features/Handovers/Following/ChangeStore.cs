using System.Text;
using Baton.Protocol;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>What a member may still do to a handover that has been sent. The right to share is looked at in the transaction that changes it.</summary>
internal sealed class ChangeStore(Ledger ledger, Endings endings, TimeProvider clock)
{
    /// <summary>From waiting and from claimed; done when the share is destroyed.</summary>
    public async Task<Answer<Done>> Revoke(Id handover, CurrentMember member)
    {
        var now = Now();
        Ended? ended = null;
        var answer = await ledger.Write<Answer<Done>>(transaction =>
        {
            ended = null;
            if (Refuses(transaction, handover, member, out _) is { } refused)
            {
                return transaction.Nothing<Answer<Done>>(refused);
            }

            ended = Endings.Revoke(transaction, handover, now);
            return ended is { } revoked
                ? transaction.Record<Answer<Done>>(Done.It, HandoverEntries.Ended(HandoverState.Revoked, revoked.Number, handover, member.Organization, Actor.Of(member.Member), now))
                : transaction.Nothing<Answer<Done>>(ProblemType.WrongState);
        });
        if (ended is { } gone)
        {
            await endings.DestroyShare(gone.Number, gone.Handover, gone.Files);
        }

        return answer;
    }

    /// <summary>A new life from now; only while it waits.</summary>
    public Task<Answer<Done>> Extend(Id handover, CurrentMember member, long lifeSeconds)
    {
        var now = Now();
        return ledger.Write<Answer<Done>>(transaction =>
        {
            if (Refuses(transaction, handover, member, out var number) is { } refused)
            {
                return transaction.Nothing<Answer<Done>>(refused);
            }

            return transaction.Execute(
                "UPDATE handovers SET expires_at = @expires, changed_at = @now WHERE number = @number AND state = 'waiting' AND expires_at > @now",
                ("@number", number), ("@now", now), ("@expires", now + (lifeSeconds * 1000))) == 0
                ? transaction.Nothing<Answer<Done>>(ProblemType.WrongState)
                : transaction.Record<Answer<Done>>(Done.It, HandoverEntries.Extended(number, handover, member.Organization, member.Member, lifeSeconds, now));
        });
    }

    /// <summary>Ticks off what the agency did about one item afterwards, or takes the tick back. The same again changes nothing.</summary>
    public Task<Answer<Done>> Follow(Id handover, CurrentMember member, FollowUp followUp)
    {
        var now = Now();
        return ledger.Write<Answer<Done>>(transaction =>
        {
            if (Refuses(transaction, handover, member, out var number) is { } refused)
            {
                return transaction.Nothing<Answer<Done>>(refused);
            }

            if (!CreatedEntry.TryParse(LinkStore.EntryIn(transaction.Query, number, "created"), out var created)
                || !created.Items.Any(item => item.AsSpan().SequenceEqual(followUp.Item)))
            {
                return transaction.Nothing<Answer<Done>>(Problems.Invalid("item", "is none of this handover"));
            }

            var changed = followUp.Done
                ? transaction.Execute(
                    "INSERT INTO follow_ups (handover, item, step, at, member) VALUES (@number, @item, @step, @now, @member) ON CONFLICT DO NOTHING",
                    ("@number", number), ("@item", followUp.Item), ("@step", followUp.Step), ("@now", now), ("@member", member.Member))
                : transaction.Execute(
                    "DELETE FROM follow_ups WHERE handover = @number AND item = @item AND step = @step",
                    ("@number", number), ("@item", followUp.Item), ("@step", followUp.Step));
            return changed == 0
                ? transaction.Nothing<Answer<Done>>(Done.It)
                : transaction.Record<Answer<Done>>(Done.It, HandoverEntries.FollowedUp(number, handover, followUp, member.Organization, member.Member, now));
        });
    }

    /// <summary>Who may see it hears that it is there; changing it takes the right to share.</summary>
    private static ProblemResult? Refuses(LedgerTransaction transaction, Id handover, CurrentMember member, out long number)
    {
        using var row = transaction.Query(
            """
            SELECT h.number, r.level FROM handovers h JOIN grants r ON r.group_id = h.group_id AND r.member = @member
            WHERE h.handover = @handover AND h.organization = @organization
            """,
            ("@handover", handover), ("@member", member.Member), ("@organization", member.Organization));
        number = 0;
        if (!row.Read())
        {
            return Problems.Of(ProblemType.NotFound);
        }

        number = row.GetInt64(0);
        return (Right)row.GetInt64(1) < Right.Share ? Problems.Of(ProblemType.Forbidden) : null;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
