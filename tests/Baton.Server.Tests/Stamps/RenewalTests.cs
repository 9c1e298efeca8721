using Baton.Protocol.Evidence;
using Baton.Protocol.Wire;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Stamps;

/// <summary>Tokens outlive the certificates they were made with; settings that would stamp nothing. spec/ledger.md §9.</summary>
public sealed class RenewalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_an_authoritys_certificate_ends_its_newest_token_is_renewed_by_one_that_lasts_longer()
    {
        await using var lasting = await AuthorityListener.Start();
        await using var ending = await AuthorityListener.Start(new OpenSslAuthority(days: 20, by: lasting.Authority));
        await using var server = await BatonServer.Start(
            "--timestamp-authority", $"{ending.Url},{lasting.Url}", "--timestamp-roots", lasting.Authority.Roots, "--timestamp-interval", "30d");
        ToTheMachinesTime(server);
        using var sender = await Sender.In(server);

        var head = await Until(server, sender, head => head.Stamps.Any(stamp => stamp.Renewal));

        Assert.All(head.Authorities, state => Assert.Null(state.Failure));
        var renewal = Assert.Single(head.Stamps, stamp => stamp.Renewal);
        Assert.Equal(lasting.Url, renewal.Authority);
        server.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Single((await Head(sender)).Stamps, stamp => stamp.Renewal);

        // What the log proves holds with both, and the renewal says which one it is of.
        var handover = await sender.Waiting();
        using var answer = await sender.Post("/api/evidence", new EvidenceRequest([handover.Id]));
        var checkpoint = (await answer.Read<EvidenceParts>()).Ledger.Checkpoints[0];
        Assert.Equal(3, checkpoint.Stamps.Count);
        Assert.Equal(ending.Url, checkpoint.Stamps[checkpoint.Stamps.Single(stamp => stamp.Renews is not null).Renews!.Value].Authority);
        Assert.True(TimeStamp.TryReadRoots(await File.ReadAllTextAsync(lasting.Authority.Roots, Cancel), out var roots));
        Assert.True(TimeStamp.AllHold(checkpoint.Note, [.. checkpoint.Stamps.Select(stamp => new EvidenceStamp(stamp.Authority, stamp.Token, stamp.Renews))], roots));
    }

    [Fact]
    public async Task When_nobody_gives_a_token_that_lasts_longer_it_is_shown()
    {
        await using var ending = await AuthorityListener.Start(new OpenSslAuthority(days: 20));
        await using var server = await BatonServer.Start("--timestamp-authority", ending.Url, "--timestamp-roots", ending.Authority.Roots);
        ToTheMachinesTime(server);
        using var sender = await Sender.In(server);

        var head = await Until(server, sender, head => head.Authorities[0].Failure is not null);

        Assert.Equal("not-renewed", head.Authorities[0].Failure);
        Assert.NotNull(head.Authorities[0].LastAt);
        Assert.False(Assert.Single(head.Stamps).Renewal);
    }

    [Fact]
    public async Task Several_authorities_stamp_the_same_note_and_one_that_fails_holds_up_no_other()
    {
        await using var one = await AuthorityListener.Start();
        await using var two = await AuthorityListener.Start(new OpenSslAuthority(by: one.Authority));
        one.Answer = _ => (503, []);
        await using var server = await BatonServer.Start("--timestamp-authority", $"{one.Url}, {two.Url}", "--timestamp-roots", one.Authority.Roots);
        using var sender = await Sender.In(server);
        var head = await Until(server, sender, head => head.Stamps.Count == 1 && head.Authorities[0].Failure is not null);
        Assert.Equal(("refused", null), (head.Authorities[0].Failure, head.Authorities[1].Failure));

        one.Answer = request => (200, one.Authority.Reply(request));
        head = await Until(server, sender, head => head.Stamps.Count == 2);
        Assert.Equal(head.Stamps[0].Size, head.Stamps[1].Size);
        var handover = await sender.Waiting();
        using var answer = await sender.Post("/api/evidence", new EvidenceRequest([handover.Id]));
        Assert.Equal([two.Url, one.Url], (await answer.Read<EvidenceParts>()).Ledger.Checkpoints[0].Stamps.Select(stamp => stamp.Authority));
    }

    [Fact]
    public async Task Without_an_authority_nobody_is_asked_and_asking_is_refused()
    {
        await using var server = await BatonServer.Start();
        using var sender = await Sender.In(server);
        using var refused = await sender.Post("/api/ledger/stamp");
        Assert.Equal("wrong-state", await refused.Problem());
        Assert.Empty((await Head(sender)).Authorities);
    }

    [Theory]
    [InlineData("--timestamp-authority", "https://time.example/tsa", "A time stamp counts only under a root that you name")]
    [InlineData("--timestamp-authority", "ftp://time.example", "--timestamp-authority can't be")]
    [InlineData("--timestamp-authority", "https://time.example,https://time.example", "--timestamp-authority can't be")]
    [InlineData("--timestamp-interval", "1s", "--timestamp-interval can't be")]
    [InlineData("--timestamp-roots", "/nowhere/roots.pem", "/nowhere/roots.pem has no certificates.")]
    public async Task What_would_stamp_nothing_refuses_to_start(string option, string value, string why)
    {
        var refused = await Assert.ThrowsAsync<RefusedToStartException>(() => BatonServer.Start(option, value));
        Assert.StartsWith(why, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The authorities live by the machine's clock.</summary>
    private static void ToTheMachinesTime(BatonServer server) => server.Clock.Step(TimeProvider.System.GetUtcNow() - server.Clock.GetUtcNow());

    private static async Task<LedgerHead> Head(Sender sender)
    {
        using var answer = await sender.Get("/api/ledger/head");
        return await answer.Read<LedgerHead>();
    }

    private static async Task<LedgerHead> Until(BatonServer server, Sender sender, Func<LedgerHead, bool> holds)
    {
        var head = await Head(sender);
        await Eventually.Holds(async () =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(5));
            return holds(head = await Head(sender));
        });
        return head;
    }
}
