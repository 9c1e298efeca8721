using Baton.Protocol;
using Baton.Protocol.Ledger;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;
using HistoryLedger = Baton.Server.Features.History.Ledger;

namespace Baton.Server.Tests.Log;

/// <summary>
/// Failure × persisted: each write of the sequencer fails, or is persisted and its answer lost; then it goes on in the same process or after a
/// reload, and everything is verified again. spec/ledger.md §5.
/// </summary>
public sealed class SequencerTests : IDisposable
{
    private readonly Store store = Store.New();
    private readonly List<string> seen = [];
    private Parts parts;

    public SequencerTests() => parts = Load(store);

    public void Dispose()
    {
        parts.Dispose();
        store.Dispose();
    }

    public static TheoryData<Step, bool, bool, int> Table()
    {
        var table = new TheoryData<Step, bool, bool, int>();
        foreach (var step in Enum.GetValues<Step>())
        {
            foreach (var (persisted, reload) in new[] { (false, false), (false, true), (true, false), (true, true) })
            {
                table.Add(step, persisted, reload, 0);
                table.Add(step, persisted, reload, 254);
            }
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task After_any_write_that_failed_or_was_persisted_all_the_same_the_log_goes_on_without_fork_or_gap(Step step, bool persisted, bool reload, int already)
    {
        await Grow(already);
        await parts.Round.Run();
        Keep();
        await Grow(3);

        if (persisted)
        {
            await Until(step);
        }
        else
        {
            using (parts.Fail(step))
            {
                await Assert.ThrowsAnyAsync<Exception>(parts.Round.Run);
                Keep();
            }
        }

        Keep();
        if (reload)
        {
            parts.Dispose();
            parts = Load(store);
            await parts.Start.Check();
        }

        await Grow(2);
        await parts.Round.Run();
        Keep();

        Assert.Equal(already + 5, Verify());
    }

    [Fact]
    public async Task A_head_that_the_share_store_has_otherwise_is_never_signed()
    {
        await Grow(2);
        await parts.Round.Run();
        var other = new Checkpoint(parts.Key.Name, 3, Leaf.Hash("another history"));
        await parts.Shares.KeepHead(other);
        await Grow(1);

        await Assert.ThrowsAsync<ForkedException>(parts.Round.Run);

        var log = Newest();
        Assert.Equal((3, 2), (log.Size, log.Noted));
        await Grow(1);
        await parts.Shares.ReplaceHead(other with { Size = 9 });
        await Assert.ThrowsAsync<ForkedException>(parts.Round.Run);
        Assert.Equal(2, Newest().Noted);
    }

    [Fact]
    public async Task Nothing_is_put_on_top_of_hashes_that_are_not_the_head_s()
    {
        await Grow(2);
        await parts.Round.Run();
        store.Script("UPDATE tiles SET hashes = {zeros 64}");
        await Grow(1);

        await Assert.ThrowsAsync<InvalidDataException>(parts.Round.Run);
        Assert.Equal(2, Newest().Size);
    }

    [Fact]
    public async Task Entries_that_were_committed_late_are_not_skipped_and_those_before_keep_their_place()
    {
        await Grow(5);

        // As another process's transaction that took its id early and committed late.
        store.Script("UPDATE ledger SET id = 900 WHERE id = 3");
        await parts.Round.Run();
        Keep();
        using (var other = store.OpenMain())
        {
            var bytes = (byte[])other.Scalar("SELECT bytes FROM ledger WHERE id = 1")!;
            bytes[5] ^= 1;
            other.Execute("INSERT INTO ledger (id, organization, kind, time, bytes) SELECT 3, organization, kind, time, @bytes FROM ledger WHERE id = 1", ("@bytes", bytes));
        }

        await parts.Round.Run();
        Keep();

        Assert.Equal([1L, 2L, 4L, 5L, 900L, 3L], parts.Database.Read(connection =>
        {
            var ids = new List<long>();
            using var rows = connection.Query("SELECT id FROM ledger ORDER BY leaf_index");
            while (rows.Read())
            {
                ids.Add(rows.GetInt64(0));
            }

            return ids;
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(512)]
    [InlineData(1300)]
    public async Task Tiles_hold_the_tree_of_the_RFC_however_it_grew(int entries)
    {
        for (var left = entries; left > 0; left -= 300)
        {
            await Grow(Math.Min(left, 300));
            await parts.Round.Run();
            Keep();
        }

        Assert.Equal(entries, Verify());
        var leaves = parts.Database.Read(connection =>
        {
            var hashes = new List<byte[]>();
            using var rows = connection.Query("SELECT bytes FROM ledger ORDER BY leaf_index");
            while (rows.Read())
            {
                hashes.Add(Leaf.Hash(rows.Bytes(0)));
            }

            return hashes;
        });
        Assert.Equal(Mth(leaves), Newest().Root);
    }

    private static byte[] Mth(List<byte[]> leaves)
    {
        if (leaves.Count == 1)
        {
            return leaves[0];
        }

        var k = 1;
        while (k * 2 < leaves.Count)
        {
            k *= 2;
        }

        return MerkleTree.Node(Mth(leaves[..k]), Mth(leaves[k..]));
    }

    private static Parts Load(Store store)
    {
        var loaded = new Parts(store);
        loaded.Start.Check().GetAwaiter().GetResult();
        return loaded;
    }

    private Task<int[]> Grow(int entries) => Task.WhenAll(Enumerable.Range(0, entries).Select(_ =>
        parts.Ledger.Write(transaction => transaction.Record(0, LedgerEntry.Of("organization-created", new Id(new byte[16]), 1, Actor.Server)))));

    /// <summary>A round that is cut off right after this write.</summary>
    private async Task Until(Step step)
    {
        if (step == Step.Note)
        {
            await parts.Round.Run();
            return;
        }

        var (log, _) = await parts.Ledger.Housekeeping(Placement.Take);
        if (step == Step.Head)
        {
            await parts.Shares.KeepHead(log.Head);
        }
    }

    private LogRow Newest() => parts.Database.Read(connection => LogRow.Newest(connection.Query));

    /// <summary>Somebody keeps the newest checkpoint; it never is beyond what the share store knows.</summary>
    private void Keep()
    {
        var log = Newest();
        if (log.Noted >= 0)
        {
            seen.Add(log.Note);
            Assert.InRange(parts.Shares.FindHead(log.Origin)!.Size, log.Noted, log.Size);
        }
    }

    /// <summary>No fork: every checkpoint that was ever seen is in the log. No gap: every entry has a place, and the places are 0 to size.</summary>
    private long Verify()
    {
        var log = Newest();
        Assert.Equal((log.Size, log.Size), (log.Noted, parts.Shares.FindHead(log.Origin)!.Size));
        Assert.Empty(new LogWalk(parts.Database, log).Steps().SelectMany(step => step.Found));
        Assert.Equal((log.Size, log.Size - 1), parts.Database.Read(connection =>
            ((long)connection.Scalar("SELECT count(*) FROM ledger")!, (long)connection.Scalar("SELECT max(leaf_index) FROM ledger")!)));
        Assert.True(VerifyingKey.TryParse(log.Key, out var key));
        Assert.All(seen, note =>
        {
            Assert.True(Checkpoint.TryOpen(note, key, out var checkpoint));
            Assert.Equal(checkpoint.Root, parts.Database.Read(connection => new LogCheck(connection.Query, log).RootOf(checkpoint.Size)));
        });
        return log.Size;
    }

    /// <summary>The writes of one round.</summary>
    public enum Step
    {
        Places,
        Head,
        Note,
    }

    /// <summary>What a process has open.</summary>
    private sealed class Parts : IDisposable
    {
        private readonly Store store;
        private readonly DataDirectory data;

        public Parts(Store store)
        {
            this.store = store;
            data = new DataDirectory(store.Data);
            Database = store.Database();
            Ledger = new HistoryLedger(Database, new LiveUpdates());
            Shares = store.Shares();
            Key = new LedgerKey(data, BatonOptions.Read(store.Settings, []));
            Round = new LogRound(Database, Ledger, Shares, Key);
            Start = new LogStart(Database, Ledger, Shares, Key);
        }

        public Database Database { get; }

        public HistoryLedger Ledger { get; }

        public Shares Shares { get; }

        public LedgerKey Key { get; }

        public LogRound Round { get; }

        public LogStart Start { get; }

        /// <summary>Until it is disposed, this write fails.</summary>
        public IDisposable Fail(Step step) => step switch
        {
            Step.Places => store.Fail(inShares: false, "BEFORE UPDATE ON logs", "NEW.size <> OLD.size"),
            Step.Head => store.Fail(inShares: true, "BEFORE INSERT ON heads"),
            _ => store.Fail(inShares: false, "BEFORE UPDATE ON logs", "NEW.noted <> OLD.noted"),
        };

        public void Dispose()
        {
            Key.Dispose();
            Shares.Dispose();
            Database.Dispose();
            data.Dispose();
        }
    }
}
