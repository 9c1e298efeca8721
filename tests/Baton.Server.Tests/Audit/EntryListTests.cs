using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Tests.Handovers;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Audit;

/// <summary>Everything that happened in an organization, narrowed and page by page.</summary>
public sealed class EntryListTests : HandoverTests
{
    [Fact]
    public async Task Owners_and_auditors_see_every_entry_of_their_organization_newest_first()
    {
        using var stranger = await Sender.In(Server);
        await stranger.Waiting();
        var handover = await Sender.Waiting();
        await Open(Page, handover);
        var (auditor, _) = await Server.SignedIn(Role.Auditor, Sender.Member.Organization);

        await Eventually.Holds(async () => (await All(Sender.Client)).TrueForAll(entry => entry.Index is not null));
        var entries = await All(Sender.Client);

        Assert.Equal(["organization-created", "claimed", "created", "organization-created"], entries.Select(Kind));
        Assert.All(entries, entry => Assert.Equal(Sender.Member.Organization.ToString(), JsonElement.Parse(entry.Text).GetProperty("org").GetString()));
        Assert.Equal([0, 0, 0, 0], entries.Select(entry => entry.Log!.Value));
        Assert.True(entries[0].Index > entries[1].Index && entries[1].Index > entries[2].Index);
        Assert.Equal("127.0.0.1", entries[1].Observed!.Address);
        Assert.Null(entries[2].Observed);
        Assert.Equal(entries.Select(entry => entry.Text), (await All(auditor)).Select(entry => entry.Text));
    }

    [Fact]
    public async Task It_is_narrowed_by_kind_member_handover_and_time()
    {
        var one = await Sender.Waiting();
        var day = Server.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Server.Clock.Step(TimeSpan.FromHours(5));
        var two = await Sender.Waiting();
        await Open(Page, two);
        var (_, other) = await Server.SignedIn(Role.Member, Sender.Member.Organization);
        await Write(LedgerEntry.Of(
            "suspended", Sender.Member.Organization, Server.Clock.GetUtcNow().ToUnixTimeMilliseconds(), Actor.Of(Sender.Member.Member), other.Member,
            static (json, member) => json.WriteId("account"u8, member)));

        Assert.Equal(["created", "created"], await Kinds("kinds=created,revoked"));
        Assert.Equal(["claimed", "created"], await Kinds($"handover={two.Id}"));
        Assert.Equal(["created"], await Kinds($"handover={one.Id}"));
        Assert.Empty(await Kinds($"handover={BatonServer.NewId()}"));
        Assert.Equal(["suspended", "organization-created"], await Kinds($"member={other.Member}"));
        Assert.Equal(["suspended"], await Kinds($"member={other.Member}&kinds=suspended"));
        Assert.Equal(["created", "organization-created"], await Kinds($"until={day}"));
        Assert.Equal(["suspended", "organization-created", "claimed", "created"], await Kinds($"since={day + 1}"));
        Assert.Empty(await Kinds($"since={day + 1}&until={day + 2}"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_doubling()
    {
        for (var i = 0; i < 7; i++)
        {
            await Sender.Waiting();
        }

        var all = await All(Sender.Client);
        Assert.Equal(8, all.Count);
        var (paged, before) = (new List<AuditEntry>(), "");
        for (var pages = 0; before is not null; pages++)
        {
            Assert.InRange(pages, 0, 3);
            var page = await Narrowed("limit=3" + (before.Length > 0 ? "&before=" + before : ""));
            paged.AddRange(page.Entries);
            before = page.Next;
        }

        Assert.Equal(all.Select(entry => entry.Text), paged.Select(entry => entry.Text));
    }

    [Theory]
    [InlineData("before=0", "before")]
    [InlineData("before=x", "before")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("kinds=created,", "kinds")]
    [InlineData("kinds='", "kinds")]
    [InlineData("member=me", "member")]
    [InlineData("handover=", "handover")]
    [InlineData("since=-1", "since")]
    [InlineData("until=1.5", "until")]
    public async Task What_it_is_narrowed_by_is_checked(string query, string member)
    {
        using var answer = await Sender.Get("/api/ledger?" + query);
        Assert.Equal([member], (await answer.Read<Problem>()).Errors!.Keys);
    }

    private static string Kind(AuditEntry entry) => JsonElement.Parse(entry.Text).GetProperty("kind").GetString()!;

    private async Task<LedgerPage> Narrowed(string query)
    {
        using var answer = await Sender.Get("/api/ledger?" + query);
        return await answer.Read<LedgerPage>();
    }

    private async Task<IEnumerable<string>> Kinds(string query) => (await Narrowed(query)).Entries.Select(Kind);

    private static async Task<List<AuditEntry>> All(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/api/ledger?limit=500", UriKind.Relative), Cancel);
        return [.. (await answer.Read<LedgerPage>()).Entries];
    }

    private Task<int> Write(LedgerEntry entry) => Server.Services.GetRequiredService<Ledger>().Write(transaction => transaction.Record(0, entry));
}
