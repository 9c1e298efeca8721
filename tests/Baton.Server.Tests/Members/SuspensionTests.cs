using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using static Baton.Server.Tests.Members.Person;

namespace Baton.Server.Tests.Members;

public sealed class SuspensionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_suspended_member_is_out_at_once_and_comes_back_when_resumed()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        var group = await owner.Group((marek, Right.Edit));
        var listening = await marek.Listen();
        await Expect(HttpStatusCode.NoContent, owner.Post($"/api/members/{marek.Id}/suspend"));
        await listening;
        Assert.Equal(HttpStatusCode.Unauthorized, await marek.Status());
        Assert.Equal("suspended", (await owner.Members()).Single(member => member.Member == marek.Id).State);
        await Expect(HttpStatusCode.NoContent, owner.Post($"/api/members/{marek.Id}/suspend"));
        await server.Restart();
        await owner.ComeBack();
        await Refused("sign-in-failed", marek.SignIn());

        await Expect(HttpStatusCode.NoContent, owner.Post($"/api/members/{marek.Id}/resume"));
        await marek.ComeBack();
        Assert.Contains((await marek.Session()).Groups, held => held.Group == group);
        Assert.Equal(marek.Id.ToString(), Assert.Single(Entries.Of(server, "suspended")).GetProperty("account").GetString());
        Assert.Single(Entries.Of(server, "resumed"));
    }

    [Fact]
    public async Task Nothing_tells_a_suspended_member_from_a_wrong_password_or_nobody()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        using var marek = await owner.Hire(Role.Member, "marek@studio.example");
        using var gone = await owner.Hire(Role.Member, "gone@studio.example");
        using var client = server.Client();
        using var before = await client.Post("/api/sign-in/parameters", new SignInParameters(marek.Email));
        await Expect(HttpStatusCode.NoContent, owner.Post($"/api/members/{marek.Id}/suspend"));
        await Expect(HttpStatusCode.NoContent, owner.Change(gone, Role.Removed));

        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (email, authKey) in new[]
        {
            (marek.Email, marek.AuthKey), (marek.Email, new byte[32]), (gone.Email, gone.AuthKey), ("nobody@studio.example", marek.AuthKey), (owner.Email, new byte[32]),
        })
        {
            using var answer = await client.Post("/api/sessions", new SignIn(email, authKey));
            answers.Add(await Text(answer));
        }

        Assert.Contains("sign-in-failed", Assert.Single(answers), StringComparison.Ordinal);
        answers.Clear();
        foreach (var (email, auth) in new[] { (marek.Email, marek.RecoveryAuth), (gone.Email, gone.RecoveryAuth), ("nobody@studio.example", marek.RecoveryAuth), (owner.Email, new byte[32]) })
        {
            using var answer = await client.Post("/api/recovery/open", new OpenRecovery(email, auth));
            answers.Add(await Text(answer));
        }

        Assert.Contains("sign-in-failed", Assert.Single(answers), StringComparison.Ordinal);
        using var after = await client.Post("/api/sign-in/parameters", new SignInParameters(marek.Email));
        Assert.Equal(await before.Content.ReadAsStringAsync(Cancel), await after.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Owners_and_admins_suspend_and_an_owner_only_an_owner()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        using var admin = await owner.Hire(Role.Admin, "a@studio.example");
        using var member = await owner.Hire(Role.Member, "m@studio.example");
        using var waiting = await owner.Accept(await owner.Invite(), "w@studio.example");
        await Refused("forbidden", member.Post($"/api/members/{admin.Id}/suspend"));
        await Refused("forbidden", admin.Post($"/api/members/{owner.Id}/suspend"));
        await Refused("conflict", owner.Post($"/api/members/{owner.Id}/suspend"));
        await Refused("not-found", owner.Post($"/api/members/{waiting.Id}/suspend"));
        await Refused("not-found", owner.Post($"/api/members/{waiting.Id}/resume"));
        await Refused("not-found", owner.Post($"/api/members/{BatonServer.NewId()}/suspend"));
        await Refused("not-found", owner.Post("/api/members/marek/suspend"));
        await Expect(HttpStatusCode.NoContent, admin.Post($"/api/members/{member.Id}/suspend"));
        await Expect(HttpStatusCode.NoContent, owner.Change(member, Role.Removed));
        await Refused("not-found", owner.Post($"/api/members/{member.Id}/resume"));
        Assert.Equal(HttpStatusCode.OK, await owner.Status());
    }

    [Fact]
    public async Task Two_owners_who_suspend_each_other_at_once_leave_one()
    {
        await using var server = await BatonServer.Start();
        using var owner = await Founder(server);
        using var ola = await owner.Hire(Role.Owner, "ola@studio.example");
        var answers = await Task.WhenAll(owner.Post($"/api/members/{ola.Id}/suspend"), ola.Post($"/api/members/{owner.Id}/suspend"));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Single(new[] { await owner.Status(), await ola.Status() }, HttpStatusCode.OK);
    }

    private static async Task<string> Text(HttpResponseMessage answer) =>
        $"{answer.StatusCode} {string.Join('|', answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}"))} {await answer.Content.ReadAsStringAsync(Cancel)}";
}
