using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Handovers;

/// <summary>One stream for everything that changes: who hears what, when it ends, and how many there may be.</summary>
public sealed class LiveStreamTests : HandoverTests
{
    [Fact]
    public async Task Entries_of_a_group_are_heard_of_by_who_may_view_it_and_the_organization_by_every_member()
    {
        var (viewer, _) = await Server.SignedIn(Role.Member, Sender.Member.Organization, (Sender.Group, Right.View));
        var (auditor, _) = await Server.SignedIn(Role.Auditor, Sender.Member.Organization, (Sender.Group, Right.History));
        using var stranger = await Sender.In(Server);
        using var seen = await LiveEvents.Open(viewer);
        using var audited = await LiveEvents.Open(auditor);
        using var foreign = await LiveEvents.Open(stranger.Client);

        await Tell(Entry("entries") with { Changed = (Sender.Group, 7) });
        await Tell(Entry("policy"));

        Assert.Equal(("group", $$"""{"group":"{{Sender.Group}}","change":7}"""), await seen.Next());
        Assert.Equal(("organization", "{}"), await seen.Next());
        Assert.Equal(("organization", "{}"), await audited.Next());
        var handover = await stranger.Waiting();
        Assert.Contains(handover.Id.ToString(), (await foreign.Next())!.Value.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_members_rights_change_its_stream_says_so_and_ends_and_the_next_request_has_the_new_rights()
    {
        var (client, member) = await Server.SignedIn(Role.Member, Sender.Member.Organization, (Sender.Group, Right.View));
        using var stream = await LiveEvents.Open(client);
        var handover = await Sender.Waiting();
        Assert.Equal("handover", (await stream.Next())!.Value.Name);

        await Server.Services.GetRequiredService<Ledger>().Write(transaction =>
            transaction.Record(0, GroupGrants.End(transaction, Sender.Member.Organization, Sender.Group, member.Member, Actor.Of(Sender.Member.Member), 1)!));

        Assert.Equal(("organization", "{}"), await stream.Next());
        Assert.Null(await stream.Next());
        await Expect(HttpStatusCode.NotFound, client.GetAsync(new Uri($"/api/handovers/{handover.Id}", UriKind.Relative), Cancel));
        using var again = await LiveEvents.Open(client);
    }

    [Fact]
    public async Task A_member_has_so_many_streams_and_no_more()
    {
        var open = new List<LiveEvents>();
        for (var i = 0; i < LiveUpdates.ListenersOfMember; i++)
        {
            open.Add(await LiveEvents.Open(Sender.Client));
        }

        using (var refused = await Sender.Get("/api/events"))
        {
            Assert.Equal("too-many-requests", await refused.Problem());
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        using var other = await Sender.In(Server);
        using var theirs = await LiveEvents.Open(other.Client);
        open[0].Dispose();
        await Eventually.Holds(async () =>
        {
            using var answer = await Sender.Client.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
            return answer.StatusCode == HttpStatusCode.OK;
        });
        open.ForEach(stream => stream.Dispose());
    }

    private LedgerEntry Entry(string kind) => LedgerEntry.Of(kind, Sender.Member.Organization, 1, Actor.Of(Sender.Member.Member));

    private Task<int> Tell(LedgerEntry entry) => Server.Services.GetRequiredService<Ledger>().Write(transaction => transaction.Record(0, entry));
}
