using System.Net;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Log;

/// <summary>What the start refuses, and how it goes on after that.</summary>
public sealed class RecoveryTests : HandoverTests
{
    [Fact]
    public async Task A_restored_backup_ends_its_log_and_begins_the_next_under_a_new_key_and_both_stay_provable()
    {
        var (handover, before) = await Confirmed();
        var waiting = await Sender.Waiting();
        using var restored = await Copy.Of(Server);
        var oldKey = await File.ReadAllTextAsync(Path.Combine(restored.Path, "ledger.key"), Cancel);

        Assert.Contains("restored backup", Refusal(restored), StringComparison.Ordinal);
        var said = await restored.Recover(Server.Clock, "the server was stolen");

        await using var again = await BatonServer.StartIn(restored.Store, Server.Clock);
        using var sender = await SignIn(again);
        var parts = await Evidence(sender, handover, waiting);
        Chain.Holds(parts.Ledger, parts.Handovers.SelectMany(one => one.Entries));
        Assert.Equal(["127.0.0.1/log", "127.0.0.1/log/2"], parts.Ledger.Logs.Select(log => log.Origin));
        Assert.Equal(before.Entries.Select(entry => (entry.Text, 0, entry.Index)), parts.Handovers[0].Entries.Select(entry => (entry.Text, entry.Log, entry.Index)));
        Assert.Equal([("created", 0), ("void", 1)], Chain.Kinds(parts.Handovers[1].Entries).Zip(parts.Handovers[1].Entries.Select(entry => entry.Log)));
        Assert.Contains("\"reason\":\"the server was stolen\"}", parts.Ledger.Openings[0].Text, StringComparison.Ordinal);
        Assert.Contains(parts.Ledger.Logs[1].Key, said, StringComparison.Ordinal);
        Assert.NotEqual(parts.Ledger.Logs[0].Key.Split('+')[1], parts.Ledger.Logs[1].Key.Split('+')[1]);
        Assert.Equal(parts.Ledger.Logs[1].Key, again.Services.GetRequiredService<LedgerKey>().VerifyingKey);
        Assert.DoesNotContain(oldKey.Split('\n')[2], await File.ReadAllTextAsync(Path.Combine(restored.Path, "ledger.key"), Cancel), StringComparison.Ordinal);
        Assert.Equal((0, ""), await Check(restored.Store));
        Sender.Connect(again);
        await Expect(HttpStatusCode.Unauthorized, Sender.Get("/api/session"));
    }

    [Fact]
    public async Task A_copy_older_than_the_share_store_is_refused_and_the_new_log_tells_what_the_share_store_knew()
    {
        var kept = await Sender.Waiting();
        using var restored = await Copy.Of(Server);
        await Sender.Waiting();
        var newest = Chain.Heads((await Evidence(Sender, kept)).Ledger)[^1];
        restored.TakeShares(Server);

        Assert.Contains("older than the share store", Refusal(restored), StringComparison.Ordinal);
        Assert.Contains("put back from a copy", (await Check(restored.Store)).Output, StringComparison.Ordinal);
        await restored.Recover(Server.Clock);

        await using var again = await BatonServer.StartIn(restored.Store, Server.Clock);
        using var sender = await SignIn(again);
        var parts = await Evidence(sender, kept);
        Chain.Holds(parts.Ledger, parts.Handovers[0].Entries);
        Assert.Equal(["created", "void"], Chain.Kinds(parts.Handovers[0].Entries));
        Assert.Contains($"knew {newest.Size} entries of 127.0.0.1/log, root {Protocol.Encoding.Base64Url.Encode(newest.Root)}]", parts.Ledger.Openings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_signed_leaves_the_old_log_and_is_in_the_new_one()
    {
        var signed = await Sender.Waiting();
        await Evidence(Sender, signed);
        TestHandover unsigned;
        using (new StuckLog(Server))
        {
            unsigned = await Sender.Waiting();
            await Eventually.Holds(() => Server.Services.GetRequiredService<Database>().Read(connection => LogRow.Newest(connection.Query) is var log && log.Size > log.Noted));
        }

        using var restored = Copy.AsItIs(Server);
        await restored.Recover(Server.Clock);
        await using var again = await BatonServer.StartIn(restored.Store, Server.Clock);
        using var sender = await SignIn(again);
        var parts = await Evidence(sender, signed, unsigned);

        Chain.Holds(parts.Ledger, parts.Handovers.SelectMany(one => one.Entries));
        Assert.Equal([0, 1], parts.Handovers[0].Entries.Select(entry => entry.Log));
        Assert.Equal([1, 1], parts.Handovers[1].Entries.Select(entry => entry.Log));
        Assert.Equal((0, ""), await Check(restored.Store));
    }

    [Fact]
    public async Task Recovered_twice_there_are_three_logs()
    {
        var handover = await Sender.Waiting();
        using var first = await Copy.Of(Server);
        await first.Recover(Server.Clock);
        await first.Recover(Server.Clock, "once more");

        await using var again = await BatonServer.StartIn(first.Store, Server.Clock);
        using var sender = await SignIn(again);
        var parts = await Evidence(sender, handover);

        Chain.Holds(parts.Ledger, parts.Handovers[0].Entries);
        Assert.Equal(["127.0.0.1/log", "127.0.0.1/log/2", "127.0.0.1/log/3"], parts.Ledger.Logs.Select(log => log.Origin));
    }

    [Fact]
    public async Task Cut_off_before_the_key_took_its_place_the_start_finishes_it_and_a_key_that_nothing_names_goes()
    {
        using var restored = await Copy.Of(Server);
        var (key, next) = (Path.Combine(restored.Path, "ledger.key"), Path.Combine(restored.Path, "ledger.key.next"));
        await restored.Recover(Server.Clock);
        File.Move(key, next);
        await File.WriteAllBytesAsync(key, new byte[300], Cancel);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await using (var again = await BatonServer.StartIn(restored.Store, Server.Clock))
        {
            Assert.Equal("127.0.0.1/log/2", again.Services.GetRequiredService<LedgerKey>().Name);
        }

        Assert.False(File.Exists(next));
        File.Copy(Path.Combine(Server.Data, "ledger.key"), next);
        await using (var again = await BatonServer.StartIn(restored.Store, Server.Clock))
        {
            Assert.Equal("127.0.0.1/log/2", again.Services.GetRequiredService<LedgerKey>().Name);
        }

        Assert.False(File.Exists(next));
    }

    [Fact]
    public async Task It_is_refused_beside_a_running_server_without_a_reason_and_where_nothing_is()
    {
        Assert.Contains("can't be used", (await Copy.Run(Server.Clock, ["--reason", "why not", .. Server.Store.Settings])).Errors, StringComparison.Ordinal);
        using var restored = await Copy.Of(Server);
        foreach (var words in new string[][] { [], ["--reason", " "], ["--reason", "two\nlines"], ["--because", "of this"] })
        {
            Assert.StartsWith("baton-server recover --reason", (await Copy.Run(Server.Clock, [.. words, .. restored.Store.Settings])).Errors, StringComparison.Ordinal);
        }

        Assert.Contains("holds no data", (await Copy.Run(Server.Clock, "--reason", "a", "--data", Path.Combine(restored.Path, "none"))).Errors, StringComparison.Ordinal);
        Assert.Contains("restored backup", Refusal(restored), StringComparison.Ordinal);
    }

    private string Refusal(Copy copy) => Assert.Throws<RefusedToStartException>(() => BatonHost.Create(copy.Settings, Server.Clock)).Message;

    private static async Task<(int Code, string Output)> Check(Store store)
    {
        var (code, output, _) = await Copy.Check(store);
        return (code, code == 0 ? "" : output);
    }

    /// <summary>A member of the same organization who may see the same group.</summary>
    private async Task<Sender> SignIn(BatonServer server)
    {
        var (client, member) = await server.SignedIn(Protocol.Role.Owner, Sender.Member.Organization, (Sender.Group, Protocol.Right.Manage));
        return new Sender(client, Sender.Group, member);
    }

    private static async Task<EvidenceParts> Evidence(Sender sender, params TestHandover[] handovers)
    {
        using var answer = await sender.Post("/api/evidence", new EvidenceRequest([.. handovers.Select(handover => handover.Id)]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Read<EvidenceParts>();
    }

    private async Task<(TestHandover Handover, LinkEvidence Evidence)> Confirmed()
    {
        var handover = await Sender.Waiting();
        var opened = await Open(Page, handover);
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));
        using var answer = await Page.Receipt(Page.Sign(handover, opened, handover.Statement()));
        return (handover, (await answer.Read<ReceiptAccepted>()).Evidence!);
    }
}
