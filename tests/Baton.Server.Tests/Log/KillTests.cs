using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Log;

/// <summary>SIGKILL at any moment of the sequencer, fifty times in one log: no fork, no gap.</summary>
public sealed class KillTests
{
    private const int Lives = 50;
    private const int Writers = 3;

    [Fact]
    public async Task After_fifty_kills_under_load_every_checkpoint_that_anybody_saw_is_in_the_log_and_no_entry_is_missing()
    {
        await using var server = await RealServer.Start();
        var (seen, acknowledged) = (new ConcurrentBag<string>(), new ConcurrentBag<TestHandover>());
        for (var life = 0; life < Lives; life++)
        {
            var (before, most) = (acknowledged.Count, RandomNumberGenerator.GetInt32(1, 8));
            using var sender = server.Sender();
            var load = Enumerable.Range(0, Writers).Select(_ => Write(sender, server, seen, acknowledged)).ToList();
            await Eventually.Holds(() => acknowledged.Count >= before + most);
            await server.Kill();
            await Task.WhenAll(load);
            await server.StartAgain();
        }

        using var last = server.Sender();
        var parts = await Evidence(last, acknowledged.Take(100)) ?? throw new InvalidOperationException("No evidence.");
        Chain.Holds(parts.Ledger, parts.Handovers.SelectMany(handover => handover.Entries));
        Assert.All(parts.Handovers, handover => Assert.Equal(["created"], Chain.Kinds(handover.Entries)));
        var key = Assert.Single(parts.Ledger.Logs).Key;
        Assert.True(VerifyingKey.TryParse(key, out var verifying));
        var head = Chain.Heads(parts.Ledger)[^1];
        foreach (var note in seen.Distinct())
        {
            Assert.True(Checkpoint.TryOpen(note, verifying, out var checkpoint));
            using var answer = await last.Get($"/api/ledger/consistency?log=0&from={checkpoint.Size}&to={head.Size}");
            var steps = (await answer.Read<ConsistencyProof>()).Proof;
            Assert.True(MerkleTree.VerifyConsistency(checkpoint.Size, checkpoint.Root, head.Size, head.Root, steps));
        }

        Assert.True(seen.Distinct().Count() > Lives / 2);
        Assert.Equal(0, (await Copy.Check(server.Store)).Code);
    }

    /// <summary>Hands over and asks for evidence, which makes the sequencer run at once, until the server is gone.</summary>
    private static async Task Write(Sender sender, RealServer server, ConcurrentBag<string> seen, ConcurrentBag<TestHandover> acknowledged)
    {
        try
        {
            while (true)
            {
                var handover = TestHandover.New(server.Group);
                using (var created = await sender.Post("/api/handovers", handover.Request))
                {
                    Assert.Equal(HttpStatusCode.Created, created.StatusCode);
                }

                if (await Evidence(sender, [handover]) is { } parts)
                {
                    seen.Add(parts.Ledger.Checkpoints[^1].Note);
                }

                acknowledged.Add(handover);
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    private static async Task<EvidenceParts?> Evidence(Sender sender, IEnumerable<TestHandover> handovers)
    {
        using var answer = await sender.Post("/api/evidence", new EvidenceRequest([.. handovers.Select(handover => handover.Id)]));
        return answer.StatusCode == HttpStatusCode.OK ? await answer.Read<EvidenceParts>() : null;
    }
}
