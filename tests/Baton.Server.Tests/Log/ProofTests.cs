using System.Net;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Log;

/// <summary>What members and recipients get to prove what happened, verified as they would.</summary>
public sealed class ProofTests : HandoverTests
{
    [Fact]
    public async Task Evidence_proves_every_entry_of_its_handovers_under_one_checkpoint_of_the_installation_s_key()
    {
        var (read, _, opened) = await Confirmed();
        var waiting = await Sender.Waiting();

        var parts = await Evidence(read.Id, waiting.Id);

        Assert.Equal(["created", "claimed", "displayed", "confirmed"], Kinds(parts.Handovers[0].Entries));
        Assert.Equal(["created"], Kinds(parts.Handovers[1].Entries));
        Assert.Equal(opened.Claimed, parts.Handovers[0].Entries[1].Text);
        Assert.NotNull(parts.Handovers[0].Entries[1].Observed);
        Assert.Single(parts.Handovers[0].Replies);
        Holds(parts.Ledger, [.. parts.Handovers.SelectMany(handover => handover.Entries)]);
    }

    [Fact]
    public async Task Evidence_with_a_size_is_under_that_checkpoint_and_leaves_out_what_came_after()
    {
        var handover = await Sender.Waiting();
        var before = await Evidence(handover.Id);
        await Expect(HttpStatusCode.OK, Sender.Post($"/api/handovers/{handover.Id}/revoke"));
        var size = Head(before.Ledger).Size;

        using var answer = await Sender.Post("/api/evidence", new EvidenceRequest([handover.Id], size));
        var again = await answer.Read<EvidenceParts>();

        Assert.Equal(["created"], Kinds(again.Handovers[0].Entries));
        Assert.Equal(size, Head(again.Ledger).Size);
        Holds(again.Ledger, again.Handovers[0].Entries);
        Assert.Equal(["created", "revoked"], Kinds((await Evidence(handover.Id)).Handovers[0].Entries));
        using var beyond = await Sender.Post("/api/evidence", new EvidenceRequest([handover.Id], size + 1000));
        Assert.Equal("invalid-request", await beyond.Problem());
    }

    [Fact]
    public async Task A_receipt_is_answered_with_the_proofs_of_its_own_confirmation()
    {
        var (_, accepted, opened) = await Confirmed();

        var evidence = accepted.Evidence!;
        Assert.Equal(["created", "claimed", "displayed", "confirmed"], Kinds(evidence.Entries));
        Assert.Equal([opened.Created, opened.Claimed], evidence.Entries.Take(2).Select(entry => entry.Text));
        Assert.Equal(accepted.Confirmed, evidence.Entries[3].Text);
        Assert.All(evidence.Entries, entry => Assert.Null(entry.Observed));
        Holds(evidence.Ledger, evidence.Entries);
    }

    [Fact]
    public async Task While_the_log_is_behind_a_receipt_is_202_and_evidence_not_ready_and_both_come_once_it_goes_on()
    {
        var (handover, opened) = await Displayed();
        var receipt = Page.Sign(handover, opened, handover.Statement());
        using var stuck = new StuckLog(Server);

        await Late(HttpStatusCode.Accepted, Page.Receipt(receipt));
        await Late(HttpStatusCode.ServiceUnavailable, Sender.Post("/api/evidence", new EvidenceRequest([handover.Id])));
        stuck.Mend();

        using var answer = await Page.Receipt(receipt);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var evidence = (await answer.Read<ReceiptAccepted>()).Evidence!;
        Holds(evidence.Ledger, evidence.Entries);
    }

    [Fact]
    public async Task The_head_and_the_proofs_between_sizes_are_every_member_s()
    {
        var first = Head((await Evidence((await Sender.Waiting()).Id)).Ledger);
        var (_, _) = await Displayed();
        var second = Head((await Evidence((await Sender.Waiting()).Id)).Ledger);

        using var head = await Sender.Get("/api/ledger/head");
        var heads = await head.Read<LedgerHead>();
        var log = Assert.Single(heads.Logs);
        Assert.True(VerifyingKey.TryParse(log.Key, out var key));
        Assert.Equal(log.Origin, key.Name);
        Assert.True(Checkpoint.TryOpen(log.Note, key, out var newest));
        Assert.Equal((log.Size, true), (newest.Size, newest.Size >= second.Size));

        using var consistency = await Sender.Get($"/api/ledger/consistency?log=0&from={first.Size}&to={second.Size}");
        var steps = (await consistency.Read<ConsistencyProof>()).Proof;
        Assert.True(MerkleTree.VerifyConsistency(first.Size, first.Root, second.Size, second.Root, steps));
        using var inclusion = await Sender.Get($"/api/ledger/inclusion?log=0&index=1&size={first.Size}");
        var proof = await inclusion.Read<InclusionProof>();
        Assert.True(MerkleTree.VerifyInclusion(1, first.Size, proof.Leaf, proof.Proof, first.Root));
        foreach (var nothing in new[] { "inclusion?log=0&index=1&size=99999", "inclusion?log=0&index=9&size=9", "inclusion?log=1&index=0&size=1", "consistency?log=0&from=2&to=1" })
        {
            await Expect(HttpStatusCode.NotFound, Sender.Get("/api/ledger/" + nothing));
        }

        await Expect(HttpStatusCode.BadRequest, Sender.Get("/api/ledger/inclusion?log=0&index=-1&size=1"));
    }

    [Fact]
    public async Task Evidence_is_for_one_to_a_hundred_handovers_each_once()
    {
        var id = (await Sender.Waiting()).Id;
        foreach (var wrong in new[] { [], [id, id], Enumerable.Range(0, 101).Select(_ => BatonServer.NewId()).ToArray() })
        {
            await Expect(HttpStatusCode.BadRequest, Sender.Post("/api/evidence", new EvidenceRequest(wrong)));
        }

        await Expect(HttpStatusCode.NotFound, Sender.Post("/api/evidence", new EvidenceRequest([id, BatonServer.NewId()])));
    }

    private async Task<(TestHandover Handover, LinkOpened Opened)> Displayed()
    {
        var handover = await Sender.Waiting();
        var opened = await Open(Page, handover);
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));
        return (handover, opened);
    }

    private async Task<(TestHandover Handover, ReceiptAccepted Accepted, LinkOpened Opened)> Confirmed()
    {
        var (handover, opened) = await Displayed();
        using var answer = await Page.Receipt(Page.Sign(handover, opened, handover.Statement()));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (handover, await answer.Read<ReceiptAccepted>(), opened);
    }

    private async Task<EvidenceParts> Evidence(params Protocol.Id[] handovers)
    {
        using var answer = await Sender.Post("/api/evidence", new EvidenceRequest(handovers));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Read<EvidenceParts>();
    }

    /// <summary>Answered only once the clock has moved by the server's patience.</summary>
    private async Task Late(HttpStatusCode status, Task<HttpResponseMessage> call)
    {
        await Eventually.Holds(() =>
        {
            Server.Clock.Advance(TimeSpan.FromSeconds(1));
            return call.IsCompleted;
        });
        await Expect(status, call);
    }

    private static string[] Kinds(IEnumerable<ProvenEntry> entries) => Chain.Kinds(entries);

    private static Checkpoint Head(LedgerProofs proofs) => Chain.Heads(proofs)[^1];

    private void Holds(LedgerProofs proofs, IReadOnlyList<ProvenEntry> entries)
    {
        Chain.Holds(proofs, entries);
        Assert.Equal(("127.0.0.1/log", 0), (Assert.Single(proofs.Logs).Origin, proofs.Openings.Count));
        Assert.Equal(Server.Services.GetService(typeof(Security.LedgerKey)) is Security.LedgerKey key ? key.VerifyingKey : "", proofs.Logs[0].Key);
    }
}
