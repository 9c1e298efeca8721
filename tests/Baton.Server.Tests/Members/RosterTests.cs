using System.Net;
using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using static Baton.Server.Tests.Members.Person;

namespace Baton.Server.Tests.Members;

/// <summary>spec/keys.md §6 as the server holds it: cards after the root card.</summary>
public sealed class RosterTests : IAsyncLifetime
{
    private BatonServer server = null!;
    private Person owner = null!;

    public async ValueTask InitializeAsync()
    {
        server = await BatonServer.Start();
        owner = await Founder(server);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_new_role_is_in_force_at_once_in_sessions_that_are_open()
    {
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        await Refused("forbidden", marek.Get("/api/invitations"));
        var listening = await marek.Listen();
        await Expect(HttpStatusCode.NoContent, owner.Change(marek, Role.Admin));
        await listening;
        await Expect(HttpStatusCode.OK, marek.Get("/api/invitations"));
        var session = await marek.Session();
        Assert.Equal("admin", session.Member.Role);
        Assert.Equal([1u, 2u, 3u], session.Cards.Select(card => Card.TryParse(card.Card, out var parsed) ? parsed.Seq : 0));
        Assert.Equal(RosterFault.None, Roster.Read(owner.Organization, SHA256.HashData(session.Cards[0].Card), session.Cards, out _));

        await Expect(HttpStatusCode.NoContent, owner.Change(marek, Role.Member));
        await Refused("forbidden", marek.Get("/api/invitations"));
    }

    [Fact]
    public async Task Owners_and_admins_issue_cards_and_only_owners_those_of_owners()
    {
        using var admin = await owner.Hire(Role.Admin, "a@studio.example");
        using var member = await owner.Hire(Role.Member, "m@studio.example");
        using var auditor = await owner.Hire(Role.Auditor, "u@studio.example");
        await Refused("forbidden", member.Change(auditor, Role.Removed));
        await Refused("forbidden", auditor.Change(member, Role.Admin));
        await Refused("forbidden", admin.Change(owner, Role.Member));
        await Refused("forbidden", admin.Change(owner, Role.Removed));
        await Refused("forbidden", admin.Change(member, Role.Owner));
        await Refused("forbidden", admin.Change(admin, Role.Owner));
        await Expect(HttpStatusCode.NoContent, admin.Change(auditor, Role.Member));
        await Expect(HttpStatusCode.NoContent, owner.Change(member, Role.Owner));
        await Refused("forbidden", admin.Change(member, Role.Member));
        await Expect(HttpStatusCode.NoContent, member.Change(owner, Role.Member));
        await Refused("forbidden", owner.Change(admin, Role.Removed));
    }

    [Fact]
    public async Task A_card_that_can_not_stand_in_the_roster_is_refused()
    {
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        using var gone = await owner.Hire(Role.Member, "gone@studio.example");
        using var ola = await owner.Hire(Role.Admin, "ola@studio.example");
        await Expect(HttpStatusCode.NoContent, owner.Change(gone, Role.Removed));
        var cards = (await owner.Session()).Cards;
        var (seq, head) = ((uint)cards.Count + 1, SHA256.HashData(cards[^1].Card));
        var (stranger, _) = Invitee(server, new Invitation(BatonServer.NewId(), owner.Organization, Role.Member, new byte[32], new byte[32]), "x@studio.example");
        var good = owner.Card(marek, Role.Admin, seq, head);

        await Refused("stale-key", owner.Client.Post("/api/roster", owner.Card(marek, Role.Admin, seq - 1, SHA256.HashData(cards[^2].Card))));
        await Refused("stale-key", owner.Client.Post("/api/roster", owner.Card(marek, Role.Admin, seq + 1, head)));
        await Refused("invalid-request", owner.Client.Post("/api/roster", owner.Card(marek, Role.Admin, seq, new byte[32])));
        await Refused("invalid-request", owner.Client.Post("/api/roster", good with { Signature = cards[0].Signature }));
        await Refused("invalid-request", owner.Client.Post("/api/roster", good with { Card = good.Card[..^1] }));
        await Refused("invalid-request", owner.Client.Post("/api/roster", owner.Card(gone, Role.Member, seq, head)));
        await Refused("invalid-request", owner.Client.Post("/api/roster", owner.Card(stranger, Role.Member, seq, head)));
        await Refused("invalid-request", ola.Client.Post("/api/roster", ola.Card(ola, Role.Removed, seq, head)));
        await Refused("conflict", owner.Client.Post("/api/roster", owner.Card(owner, Role.Admin, seq, head)));

        // In the name of another, of another organization, and with other keys than the member's.
        await Refused("invalid-request", owner.Client.Post("/api/roster", marek.Card(marek, Role.Owner, seq, head)));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(Card.TryParse(good.Card, out var card));
        var swapped = card with { Ecdsa = other.ExportSubjectPublicKeyInfo() };
        await Refused("invalid-request", owner.Client.Post("/api/roster", new NewCard(swapped.ToBytes(), good.Signature)));
        await Refused("invalid-request", owner.Client.Post("/api/roster", new NewCard((card with { Organization = BatonServer.NewId() }).ToBytes(), good.Signature)));

        Assert.Equal(cards.Count, (await owner.Session()).Cards.Count);
        await Expect(HttpStatusCode.NoContent, owner.Client.Post("/api/roster", good));
        stranger.Dispose();
    }

    [Fact]
    public async Task Of_cards_for_the_same_place_one_stands()
    {
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        using var second = await owner.Hire(Role.Owner, "ola@studio.example");
        var cards = (await owner.Session()).Cards;
        var (seq, head) = ((uint)cards.Count + 1, SHA256.HashData(cards[^1].Card));
        var statuses = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            var issuer = i % 2 == 0 ? owner : second;
            using var answer = await issuer.Client.Post("/api/roster", issuer.Card(marek, i % 3 == 0 ? Role.Admin : Role.Auditor, seq, head));
            return answer.IsSuccessStatusCode ? "done" : await answer.Problem();
        }));
        Assert.Single(statuses, "done");
        Assert.Equal(11, statuses.Count(status => status == "stale-key"));
        var after = await owner.Session();
        Assert.Equal(cards.Count + 1, after.Cards.Count);
        Assert.Equal(RosterFault.None, Roster.Read(owner.Organization, SHA256.HashData(cards[0].Card), after.Cards, out _));
    }

    [Fact]
    public async Task Ownership_passes_on_and_the_last_owner_stays()
    {
        using var ola = await owner.Hire(Role.Admin, "ola@studio.example");
        await Refused("conflict", owner.Change(owner, Role.Admin));
        await Expect(HttpStatusCode.NoContent, owner.Change(ola, Role.Owner));
        await Expect(HttpStatusCode.NoContent, ola.Change(owner, Role.Admin));
        await Refused("conflict", ola.Change(ola, Role.Member));
        Assert.Equal("admin", (await owner.Session()).Member.Role);
        Assert.Equal("owner", (await ola.Session()).Member.Role);
    }

    [Fact]
    public async Task An_owner_who_is_suspended_does_not_count_as_the_one_who_stays()
    {
        using var ola = await owner.Hire(Role.Owner, "ola@studio.example");
        await Expect(HttpStatusCode.NoContent, owner.Post($"/api/members/{ola.Id}/suspend"));
        await Refused("conflict", owner.Change(owner, Role.Admin));
        Assert.Equal("owner", (await owner.Session()).Member.Role);
        Assert.Equal(2, (await owner.Session()).Cards.Count);
        await Expect(HttpStatusCode.NoContent, owner.Post($"/api/members/{ola.Id}/resume"));
        await Expect(HttpStatusCode.NoContent, owner.Change(owner, Role.Admin));
    }

    [Fact]
    public async Task Two_owners_who_step_down_at_once_leave_one()
    {
        using var ola = await owner.Hire(Role.Owner, "ola@studio.example");
        await Task.WhenAll(StepDown(owner), StepDown(ola));
        var roles = new[] { (await owner.Session()).Member.Role, (await ola.Session()).Member.Role };
        Assert.Equal(["admin", "owner"], roles.Order(StringComparer.Ordinal));

        static async Task StepDown(Person person)
        {
            string problem;
            do
            {
                using var answer = await person.Change(person, Role.Admin);
                problem = answer.IsSuccessStatusCode ? "" : await answer.Problem();
            }
            while (problem == "stale-key");
        }
    }

    [Fact]
    public async Task Rosters_of_two_organizations_never_meet()
    {
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        var (foreign, _) = await server.SignedIn();
        await Refused("not-found", foreign.Post($"/api/members/{marek.Id}/suspend", new object()));
        await Refused("invalid-request", foreign.Post("/api/roster", await owner.Card(marek, Role.Removed)));
        using var list = await foreign.GetAsync("/api/members", TestContext.Current.CancellationToken);
        Assert.DoesNotContain((await list.Read<OrganizationMembers>()).Members, member => member.Member == marek.Id || member.Member == owner.Id);
        Assert.Equal(HttpStatusCode.OK, await marek.Status());
    }
}
