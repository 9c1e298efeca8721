using System.Text.Json;
using Baton.Protocol.Evidence;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Stamps;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>Evidence whose checkpoints an authority outside has stamped: verified with its root, refused with another, and by hand.</summary>
public sealed class StampedEvidenceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stamps_hold_under_the_root_one_trusts_and_openssl_says_the_same()
    {
        await using var authority = await AuthorityListener.Start();
        using var other = new OpenSslAuthority();
        await using var desk = await Desk.SetUp(Cancel, "--timestamp-authority", authority.Url, "--timestamp-roots", authority.Authority.Roots);
        using var api = desk.Api();
        desk.Write("one.csv", "title,username,password\nPanel,ewa,secret");
        await desk.Does(Cancel, "hand-over", desk.At("one.csv"), "--to", "Jan");
        await Stamp(desk);
        var handover = Assert.Single((await api.History(null, 10, Cancel)).TryGet(out var page, out _) ? page.Handovers : []).Handover.ToString();

        await desk.Does(Cancel, "evidence", handover, "--out", desk.At("evidence.json"));

        var holds = await Verify(desk, authority.Authority);
        Assert.Equal(0, holds.ExitCode);
        Assert.Contains(" 6 stamps       ok", holds.Output, StringComparison.Ordinal);
        var refused = await Verify(desk, other);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(" 6 stamps       failed", refused.Output, StringComparison.Ordinal);

        Assert.True(EvidenceText.TryParse(await File.ReadAllTextAsync(desk.At("evidence.json"), Cancel), out var file));
        var checkpoint = Assert.Single(file.Checkpoints, one => one.Stamps.Count > 0);
        await File.WriteAllTextAsync(Path.Combine(other.Folder, "note"), checkpoint.Note, Cancel);
        await File.WriteAllBytesAsync(Path.Combine(other.Folder, "token.tst"), checkpoint.Stamps[0].Token, Cancel);
        Assert.Contains("Verification: OK", other.Run("ts", "-verify", "-data", "note", "-in", "token.tst", "-token_in", "-CAfile", authority.Authority.Roots), StringComparison.Ordinal);
    }

    private static Task<Heard> Verify(Desk desk, OpenSslAuthority trusted) =>
        new Terminal(desk.Home).Baton(["evidence", "verify", desk.At("evidence.json"), "--timestamp-roots", trusted.Roots], [], Cancel);

    /// <summary>Asked for in the app, seen on the ledger's page.</summary>
    private static async Task Stamp(Desk desk)
    {
        using var client = new HttpClient { BaseAddress = desk.Server.Address };
        using var session = JsonDocument.Parse(await File.ReadAllTextAsync(desk.At("config/baton/session.json"), Cancel));
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", session.RootElement.GetProperty("cookies").EnumerateObject().Select(cookie => $"{cookie.Name}={cookie.Value.GetString()}")));
        using var asked = await client.PostAsync(new Uri("/api/ledger/stamp", UriKind.Relative), null, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, asked.StatusCode);
        var stamped = JsonSerializer.Deserialize<LedgerHead>(await client.GetStringAsync(new Uri("/api/ledger/head", UriKind.Relative), Cancel), WireJson.Shared)!;
        var size = stamped.Logs[0].Size;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromMilliseconds(Chromium.Patience));
        while (!stamped.Stamps.Any(stamp => stamp.Size >= size))
        {
            await Task.Delay(50, patience.Token);
            stamped = JsonSerializer.Deserialize<LedgerHead>(await client.GetStringAsync(new Uri("/api/ledger/head", UriKind.Relative), patience.Token), WireJson.Shared)!;
        }
    }
}
