using System.Net;
using Baton.Protocol;
using Baton.Protocol.Evidence;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Stamps;

/// <summary>Checkpoints stamped by authorities that openssl runs here. spec/ledger.md §9.</summary>
public sealed class StampTests : IAsyncLifetime
{
    private AuthorityListener authority = null!;
    private BatonServer server = null!;
    private Sender sender = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        authority = await AuthorityListener.Start();
        server = await BatonServer.Start("--timestamp-authority", authority.Url, "--timestamp-roots", authority.Authority.Roots, "--timestamp-interval", "1h");
        sender = await Sender.In(server);
    }

    public async ValueTask DisposeAsync()
    {
        sender.Dispose();
        await server.DisposeAsync();
        await authority.DisposeAsync();
    }

    [Fact]
    public async Task Each_interval_has_its_stamp_when_the_log_has_grown_and_openssl_says_the_same()
    {
        await sender.Waiting();
        var first = await Stamped(1);
        server.Clock.Advance(TimeSpan.FromMinutes(59));
        await sender.Waiting();
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        var second = (await Stamped(2)).Stamps[0];
        Assert.True(second.Size > first.Stamps[0].Size);
        Assert.InRange(first.Authorities.Single().NextAt - first.Authorities.Single().LastAt!.Value, 3_599_000, 3_601_000);

        var checkpoint = (await Evidence(await sender.Waiting())).Ledger.Checkpoints[0];
        var token = Assert.Single(checkpoint.Stamps).Token;
        await File.WriteAllTextAsync(Path.Combine(authority.Authority.Folder, "note"), checkpoint.Note, Cancel);
        await File.WriteAllBytesAsync(Path.Combine(authority.Authority.Folder, "token.tst"), token, Cancel);
        Assert.Contains(
            "Verification: OK", authority.Authority.Run("ts", "-verify", "-data", "note", "-in", "token.tst", "-token_in", "-CAfile", authority.Authority.Roots), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_has_not_grown_is_not_stamped_again()
    {
        await Stamped(1);
        var asked = authority.Asked;
        server.Clock.Advance(TimeSpan.FromHours(3));
        await sender.Waiting();
        server.Clock.Advance(TimeSpan.FromSeconds(20));
        await Stamped(2);
        Assert.Equal(asked + 1, authority.Asked);
    }

    [Fact]
    public async Task Who_is_asked_learns_a_hash_and_nothing_else()
    {
        await Stamped(1);
        var lines = authority.LastRequest.Split('\n').Where(line => !line.StartsWith("Host: ", StringComparison.Ordinal) && !line.StartsWith("Content-Length: ", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(["Content-Type: application/timestamp-query", "POST /tsa", "User-Agent: baton-server"], lines);
    }

    [Fact]
    public async Task An_entry_is_bracketed_between_two_stamped_checkpoints_joined_to_the_last_by_consistency()
    {
        var before = await Stamped(1);
        var handover = await sender.Waiting();
        await Ask();
        await Stamped(2);
        await sender.Waiting();
        await Evidence(await sender.Waiting());

        var evidence = await Evidence(handover);
        var entry = evidence.Handovers[0].Entries[0];
        var (proofs, checkpoints) = (evidence.Ledger, evidence.Ledger.Checkpoints);
        Assert.Equal(3, checkpoints.Count);
        var sizes = checkpoints.Select(checkpoint => Read(proofs, checkpoint).Size).ToList();
        Assert.Equal(before.Stamps[0].Size, sizes[0]);
        Assert.True(sizes[0] <= entry.Index && entry.Index < sizes[1] && sizes[1] < sizes[2]);
        for (var i = 0; i < 2; i++)
        {
            var (from, to) = (Read(proofs, checkpoints[i]), Read(proofs, checkpoints[i + 1]));
            Assert.True(MerkleTree.VerifyConsistency(from.Size, from.Root, to.Size, to.Root, proofs.Consistency[i]));
            Assert.True(Hold(checkpoints[i]));
            Assert.Single(checkpoints[i].Stamps);
        }

        Assert.Empty(checkpoints[2].Stamps);
        var last = Read(proofs, checkpoints[2]);
        Assert.True(MerkleTree.VerifyInclusion(entry.Index, last.Size, entry.Leaf, entry.Proof, last.Root));
    }

    [Fact]
    public async Task Owners_and_admins_have_it_stamped_now_once_a_minute()
    {
        await Stamped(1);
        await Grow();
        await Ask();
        await Eventually.Holds(async () => IsStamped(await Head(), 2));
        using (var again = await sender.Post("/api/ledger/stamp"))
        {
            Assert.Equal("too-many-requests", await again.Problem());
            Assert.InRange(again.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }

        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await Ask();
        var (member, _) = await server.SignedIn(Role.Member);
        using var refused = await member.PostAsync(new Uri("/api/ledger/stamp", UriKind.Relative), null, Cancel);
        Assert.Equal("forbidden", await refused.Problem());
    }

    [Fact]
    public async Task A_failure_is_shown_and_tried_again_at_longer_and_longer_distances_up_to_an_hour()
    {
        await Stamped(1);
        authority.Answer = _ => (500, []);
        await Grow();
        await Ask();
        var distances = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var asked = i + 2;
            await Eventually.Holds(async () => authority.Asked >= asked && (await Head()).Authorities[0].NextAt > Now());
            var state = (await Head()).Authorities[0];
            Assert.Equal("refused", state.Failure);
            distances.Add(TimeSpan.FromMilliseconds(state.NextAt - Now()).TotalMinutes);
            server.Clock.Advance(TimeSpan.FromMilliseconds(state.NextAt - Now()) + TimeSpan.FromSeconds(10));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], distances.Select(minutes => Math.Round(minutes)));
        authority.Answer = request => (200, authority.Authority.Reply(request));
        await sender.Waiting();
        server.Clock.Advance(TimeSpan.FromHours(1.1));
        Assert.Null((await Stamped(2)).Authorities[0].Failure);
    }

    [Theory]
    [InlineData("gone", "unreachable")]
    [InlineData("moved", "refused")]
    [InlineData("rejected", "refused")]
    [InlineData("nonsense", "refused")]
    [InlineData("another nonce", "invalid")]
    [InlineData("another message", "invalid")]
    [InlineData("another root", "untrusted")]
    public async Task A_token_counts_only_when_it_is_what_was_asked_for_under_a_root_of_ours(string answer, string failure)
    {
        var before = await Stamped(1);
        using var other = new OpenSslAuthority();
        var kept = authority.Authority.Stamp([1, 2, 3]);
        byte[]? earlier = null;
        authority.Answer = request =>
        {
            // The reply to another request for the same hash, and for another one.
            earlier ??= answer == "another message" ? OtherHash(request) : OtherNonce(request);
            return answer switch
            {
                "moved" => (302, []),
                "rejected" => (200, [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02]),
                "nonsense" => (200, kept[..20]),
                "another root" => (200, other.Reply(request)),
                _ => (200, authority.Authority.Reply(earlier)),
            };
        };
        if (answer == "gone")
        {
            await authority.DisposeAsync();
        }

        await Grow();
        await Ask();
        await Eventually.Holds(async () => (await Head()).Authorities[0].Failure == failure);
        Assert.Equal(before.Stamps.Count, (await Head()).Stamps.Count);
    }

    [Fact]
    public async Task The_interval_goes_on_from_the_last_stamp_after_a_start()
    {
        await Stamped(1);
        server.Clock.Advance(TimeSpan.FromMinutes(50));
        await server.Restart();
        sender.Connect(server);
        await sender.Waiting();
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Single((await Head()).Stamps);
        server.Clock.Advance(TimeSpan.FromMinutes(6));
        await Stamped(2);
    }

    private static byte[] OtherNonce(byte[] request) => Changed(request, request.Length - 8);

    /// <summary>SEQUENCE, version, imprint: SEQUENCE, algorithm of 15 bytes, and then the hash.</summary>
    private static byte[] OtherHash(byte[] request) => Changed(request, 30);

    private static byte[] Changed(byte[] request, int at)
    {
        var changed = (byte[])request.Clone();
        changed[at] ^= 1;
        return changed;
    }

    private static Checkpoint Read(LedgerProofs proofs, ProvenCheckpoint checkpoint)
    {
        Assert.True(VerifyingKey.TryParse(proofs.Logs[checkpoint.Log].Key, out var key));
        Assert.True(Checkpoint.TryOpen(checkpoint.Note, key, out var read));
        return read;
    }

    private bool Hold(ProvenCheckpoint checkpoint)
    {
        Assert.True(TimeStamp.TryReadRoots(File.ReadAllText(authority.Authority.Roots), out var roots));
        return TimeStamp.AllHold(checkpoint.Note, [.. checkpoint.Stamps.Select(stamp => new EvidenceStamp(stamp.Authority, stamp.Token, stamp.Renews))], roots);
    }

    private long Now() => server.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task Ask()
    {
        using var answer = await sender.Post("/api/ledger/stamp");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private async Task<LedgerHead> Head()
    {
        using var answer = await sender.Get("/api/ledger/head");
        return await answer.Read<LedgerHead>();
    }

    /// <summary>The head, once there are so many stamps, and it says of the authority what became of the last.</summary>
    private async Task<LedgerHead> Stamped(int count)
    {
        var head = await Head();
        await Eventually.Holds(async () =>
        {
            // The log is a moment behind, and looks are every ten seconds.
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            head = await Head();
            return IsStamped(head, count);
        });
        return head;
    }

    private bool IsStamped(LedgerHead head, int count) =>
        head.Stamps.Count >= count && head.Authorities.All(authority => authority.NextAt > Now() && authority.Failure is null);

    /// <summary>The log grows by a handover, and has it: who asks now has it stamped.</summary>
    private async Task Grow()
    {
        await sender.Waiting();
        await Eventually.Holds(async () => (await Head()).Behind == 0);
    }

    private async Task<EvidenceParts> Evidence(TestHandover handover)
    {
        using var answer = await sender.Post("/api/evidence", new EvidenceRequest([handover.Id]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Read<EvidenceParts>();
    }
}
