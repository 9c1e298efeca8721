using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Vault;

/// <summary>Each rule of the organization's policy that the server can see, when a handover is made and when it is extended.</summary>
public sealed class PolicyIsHeldTests : VaultTests
{
    private static readonly Policy Usual = new(1, 2_592_000, Password: false, 40, Role.Member, Files: true, 33_554_432, 1_800, 43_200, BreachCheck: false);

    [Fact]
    public async Task Without_a_policy_the_servers_own_limits_hold() =>
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", TestHandover.New(Anna.Own, password: false, lifeSeconds: 2_592_000).Request));

    [Fact]
    public async Task A_handover_lives_no_longer_than_the_policy_says_also_when_it_is_extended()
    {
        var waiting = TestHandover.New(Anna.Own, lifeSeconds: 7_200);
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", waiting.Request));
        await Owner.SetPolicy(Usual with { LifeMax = 3_600 });
        var refused = await Colleague.Refused("policy", Anna.Post("/api/handovers", TestHandover.New(Anna.Own, lifeSeconds: 3_601).Request));
        Assert.Contains("3600", refused.Detail!, StringComparison.Ordinal);
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", TestHandover.New(Anna.Own, lifeSeconds: 3_600).Request));
        await Colleague.Refused("policy", Anna.Post($"/api/handovers/{waiting.Id}/extend", new ExtendHandover(3_601)));
        await Colleague.Expect(HttpStatusCode.OK, Anna.Post($"/api/handovers/{waiting.Id}/extend", new ExtendHandover(3_600)));
    }

    [Fact]
    public async Task An_access_password_is_required_where_the_policy_says_so()
    {
        await Owner.SetPolicy(Usual with { Password = true });
        await Colleague.Refused("policy", Anna.Post("/api/handovers", TestHandover.New(Anna.Own, password: false).Request));
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", TestHandover.New(Anna.Own).Request));
    }

    [Fact]
    public async Task Who_may_hand_over_is_the_policys_to_say()
    {
        await Owner.SetPolicy(Usual with { HandOver = Role.Admin });
        await Colleague.Refused("policy", Anna.Post("/api/handovers", TestHandover.New(Anna.Own).Request));
        await Colleague.Expect(HttpStatusCode.Created, Admin.Post("/api/handovers", TestHandover.New(Admin.Own).Request));
        await Owner.SetPolicy(Usual with { Number = 2, HandOver = Role.Owner });
        await Colleague.Refused("policy", Admin.Post("/api/handovers", TestHandover.New(Admin.Own).Request));
        await Colleague.Expect(HttpStatusCode.Created, Owner.Post("/api/handovers", TestHandover.New(Owner.Own).Request));
    }

    [Fact]
    public async Task Attachments_are_the_policys_to_allow_and_to_limit()
    {
        await Owner.SetPolicy(Usual with { FileBytes = 100 });
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", TestHandover.New(Anna.Own, files: [76, 56]).Request));
        await Colleague.Refused("policy", Anna.Post("/api/handovers", TestHandover.New(Anna.Own, files: [76, 57]).Request));
        await Owner.SetPolicy(Usual with { Number = 2, Files = false });
        await Colleague.Refused("policy", Anna.Post("/api/handovers", TestHandover.New(Anna.Own, files: [16]).Request));
        await Colleague.Expect(HttpStatusCode.Created, Anna.Post("/api/handovers", TestHandover.New(Anna.Own).Request));
    }
}
