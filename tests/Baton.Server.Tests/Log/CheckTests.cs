using System.Net;
using Baton.Protocol.Evidence;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Log;

/// <summary>A changed database: the row is named at the start, by the command and behind a running server; and what somebody kept exposes what the operator forged.</summary>
public sealed class CheckTests : IAsyncLifetime
{
    /// <summary>Of the third handover, in row 4.</summary>
    private const int Changed = 3;

    private readonly ManualClock clock = new();
    private readonly Store store = Store.New();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("a byte of its bytes", "row 4 of table ledger, a created entry, is not what was logged")]
    [InlineData("DELETE FROM ledger WHERE leaf_index = 3", "its row is gone")]
    [InlineData("UPDATE ledger SET leaf_index = 77 WHERE leaf_index = 3", "its row is gone")]
    [InlineData("UPDATE ledger SET kind = 'void' WHERE leaf_index = 3", "row 4 of table ledger stands beside an entry that tells something else")]
    [InlineData("UPDATE ledger SET time = time + 1 WHERE leaf_index = 3", "row 4 of table ledger stands beside an entry that tells something else")]
    [InlineData("UPDATE ledger SET handover = NULL WHERE leaf_index = 3", "row 4 of table ledger stands beside an entry that tells something else")]
    [InlineData("UPDATE ledger SET organization = {zeros 16} WHERE leaf_index = 3", "row 4 of table ledger stands beside an entry that tells something else")]
    [InlineData("UPDATE ledger SET organization = {zeros 7} WHERE leaf_index = 3", "can't be read")]
    [InlineData("UPDATE ledger SET organization = 7 WHERE leaf_index = 3", "can't be read", Traits = [Store.Only, Store.Sqlite])]
    [InlineData("UPDATE tiles SET hashes = {zeros length(hashes)}", "the hashes over the newest entries do not lead to the log's head")]
    [InlineData("DELETE FROM tiles", "the hashes over the newest entries do not lead to the log's head")]
    [InlineData("UPDATE logs SET root = {zeros 32}", "the hashes over the newest entries do not lead to the log's head")]
    [InlineData("UPDATE logs SET note = replace(note, '/log', '/lag')", "the newest checkpoint is not signed by the log's key")]
    [InlineData("UPDATE logs SET noted = noted - 1", "the log does not lead to its newest signed checkpoint")]
    public async Task A_change_of_one_row_is_named_by_the_check_and_refused_at_the_start(string change, string named)
    {
        await Run(entries: 0);
        Assert.Equal((0, $"127.0.0.1/log: {Size()} entries, all as they were logged\n", ""), await Copy.Check(store));

        Change(change);

        var (code, output, _) = await Copy.Check(store);
        Assert.Equal(1, code);
        Assert.Contains(named, output, StringComparison.Ordinal);
        var refused = Assert.Throws<RefusedToStartException>(() => BatonHost.Create([.. store.Settings, "--listen", "http://127.0.0.1:0"], clock)).Message;
        Assert.True(refused.Contains(named, StringComparison.Ordinal) || refused.Contains("share store", StringComparison.Ordinal), refused);
        Assert.Contains("baton-server", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_row_beyond_the_newest_is_found_behind_the_start_and_told_to_every_member()
    {
        await Run(entries: 1500);
        Change("a byte of its bytes");

        await using var server = await BatonServer.StartIn(store, clock);
        using var sender = await Sender.In(server);
        await Eventually.Holds(async () => (await Head(sender)).Check.State == "damaged");

        var check = (await Head(sender)).Check;
        Assert.Equal([Changed], check.Damaged);
        Assert.Equal(check.Total, check.Checked);
        Assert.Contains($"entry {Changed}: row 4 of table ledger", (await Copy.Check(store)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_hash_beyond_the_newest_is_named_too()
    {
        await Run(entries: 1500);
        Change("UPDATE tiles SET hashes = {zeros length(hashes)} WHERE level = 0 AND tile = 0");

        var (code, output, _) = await Copy.Check(store);

        Assert.Equal(1, code);
        Assert.Contains("table tiles, level 0, tile 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_made_anew_over_a_changed_row_and_signed_again_is_exposed_by_what_somebody_kept()
    {
        var parts = await Run(entries: 300);
        var checkpoint = Path.Combine(store.Data, "kept.txt");
        await File.WriteAllTextAsync(checkpoint, parts.Ledger.Checkpoints[^1].Note, Cancel);

        // The operator has everything: it changes the row, makes the log again out of it, and signs it with the same key.
        Change("a byte of its bytes");
        Change("UPDATE ledger SET log = NULL, leaf_index = NULL; DELETE FROM tiles; DELETE FROM logs");
        using (var shares = store.OpenShares())
        {
            shares.Script("DELETE FROM heads");
        }

        await Run(entries: 0);
        Assert.Equal(0, (await Copy.Check(store)).Code);

        foreach (var kept in new[] { checkpoint, await Evidence(parts, page: false), await Evidence(parts, page: true) })
        {
            var (code, output, _) = await Copy.Check(store, kept);
            Assert.Equal(1, code);
            Assert.Contains("127.0.0.1/log does not contain the checkpoint that was kept", output, StringComparison.Ordinal);
            Assert.Equal(kept != checkpoint, output.Contains($"127.0.0.1/log, entry {Changed}: it is another than the one that was kept", StringComparison.Ordinal));
        }
    }

    /// <summary>The parts in a file, as far as a check reads it: nobody signed it.</summary>
    private async Task<string> Evidence(EvidenceParts parts, bool page)
    {
        var (handover, id) = (parts.Handovers[0], BatonServer.NewId());
        var text = EvidenceText.Write(new EvidenceFile(
            1, "recipient", "en", 1, null, null, new EvidenceOrganization(id, "Studio"), "https://baton.example", parts.Ledger.Logs, [],
            [.. parts.Ledger.Checkpoints.Select(checkpoint => new EvidenceCheckpoint(checkpoint.Log, checkpoint.Note, []))], [],
            [], [new EvidenceHandover(
                handover.Summary.Handover, null, new EvidencePerson(id, "Ewa"), null, null, null, null,
                [.. handover.Entries.Select(entry => new EvidenceEntry(entry.Text, entry.Log, entry.Index, entry.Leaf, entry.Proof))], null)], new byte[64]));
        var file = Path.Combine(store.Data, page ? "evidence.html" : "evidence.json");
        await File.WriteAllTextAsync(file, page ? $"<!doctype html>{EvidenceText.Script(text)}" : text, Cancel);
        return file;
    }

    [Fact]
    public async Task A_checkpoint_of_this_log_holds_for_ever_and_one_of_another_or_of_more_entries_does_not()
    {
        var note = (await Run(entries: 0)).Ledger.Checkpoints[^1].Note;
        await Run(entries: 300);
        var kept = Path.Combine(store.Data, "kept.txt");

        await File.WriteAllTextAsync(kept, note, Cancel);
        Assert.Equal(0, (await Copy.Check(store, kept)).Code);
        await File.WriteAllTextAsync(kept, "nothing of that kind", Cancel);
        Assert.Equal(2, (await Copy.Check(store, kept)).Code);
        Assert.Equal(2, (await Copy.Check(store, kept + ".not")).Code);
        using var none = Store.New();
        none.EmptyMain();
        Assert.Equal(2, (await Copy.Check(none)).Code);

        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        foreach (var (origin, says) in new[] { ("127.0.0.1/log", "is not signed by"), ("other.example/log", "There is no log other.example/log here") })
        {
            await File.WriteAllTextAsync(kept, new Checkpoint(origin, 3, new byte[32]).Sign(key).ToString(), Cancel);
            var (code, output, _) = await Copy.Check(store, kept);
            Assert.Equal((1, true), (code, output.Contains(says, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Beside_a_running_server_it_reads_what_was_signed_by_then()
    {
        await using var server = await BatonServer.StartIn(store, clock);
        using var sender = await Sender.In(server);
        var write = Task.Run(
            async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    await sender.Waiting();
                }
            },
            Cancel);
        while (!write.IsCompleted)
        {
            Assert.Equal(0, (await Copy.Check(store)).Code);
        }

        await write;
    }

    private static async Task<LedgerHead> Head(Sender sender)
    {
        using var answer = await sender.Get("/api/ledger/head");
        return await answer.Read<LedgerHead>();
    }

    /// <summary>A server's life: a handover, so many entries more, everything signed.</summary>
    private async Task<EvidenceParts> Run(int entries)
    {
        await using var server = await BatonServer.StartIn(store, clock);
        using var sender = await Sender.In(server);
        var handovers = new List<TestHandover>();
        for (var i = 0; i < 4; i++)
        {
            handovers.Add(await sender.Waiting());
        }

        var ledger = server.Services.GetRequiredService<Server.Features.History.Ledger>();
        await Task.WhenAll(Enumerable.Range(0, entries).Select(_ => ledger.Write(transaction =>
            transaction.Record(0, LedgerEntry.Of("organization-created", sender.Member.Organization, 1, Actor.Server)))));
        using var answer = await sender.Post("/api/evidence", new EvidenceRequest([handovers[2].Id]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Read<EvidenceParts>();
    }

    private long Size()
    {
        using var main = store.OpenMain();
        return LogRow.Newest(main.Query).Size;
    }

    private void Change(string sql)
    {
        if (sql != "a byte of its bytes")
        {
            store.Script(sql);
            return;
        }

        using var main = store.OpenMain();
        var bytes = (byte[])main.Scalar("SELECT bytes FROM ledger WHERE leaf_index = @index", ("@index", Changed))!;
        bytes[^5] ^= 1;
        Assert.Equal(1, main.Execute("UPDATE ledger SET bytes = @bytes WHERE leaf_index = @index", ("@bytes", bytes), ("@index", Changed)));
    }
}
