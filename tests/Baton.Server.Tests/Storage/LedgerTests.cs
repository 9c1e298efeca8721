using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Storage;
using Xunit;

namespace Baton.Server.Tests.Storage;

public sealed class LedgerTests : IDisposable
{
    private static readonly Id Organization = new(new byte[16]);
    private readonly Store store = Store.New();
    private readonly Database database;
    private readonly Ledger ledger;

    public LedgerTests()
    {
        database = store.Database();
        ledger = new Ledger(database, new LiveUpdates());
    }

    public void Dispose()
    {
        database.Dispose();
        store.Dispose();
    }

    [Fact]
    public async Task A_change_and_its_entry_are_committed_together()
    {
        await ledger.Write(transaction =>
        {
            transaction.Execute("INSERT INTO tombstones (locator_hash) VALUES (@l)", ("@l", new byte[32]));
            return transaction.Record(1, Entry());
        });

        Assert.Equal(1L, Count("tombstones"));
        Assert.Equal(1L, Count("ledger"));
    }

    [Fact]
    public async Task A_write_that_ends_without_an_entry_is_taken_back()
    {
        await ledger.Write(transaction =>
        {
            transaction.Execute("INSERT INTO tombstones (locator_hash) VALUES (@l)", ("@l", new byte[32]));
            return transaction.Nothing(1);
        });

        Assert.Equal(0L, Count("tombstones"));
    }

    [Fact]
    public async Task A_failing_write_takes_back_itself_and_none_of_its_group()
    {
        using var gate = new ManualResetEventSlim();
        var first = ledger.Housekeeping(_ =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            return 0;
        });
        var writes = Enumerable.Range(0, 100).Select(i => ledger.Write(transaction =>
        {
            transaction.Execute("INSERT INTO tombstones (locator_hash) VALUES (@l)", ("@l", BitConverter.GetBytes(i)));
            return i % 3 == 0 ? throw new InvalidDataException("on purpose") : transaction.Record(i, Entry());
        })).ToArray();
        gate.Set();
        await first;

        for (var i = 0; i < writes.Length; i++)
        {
            if (i % 3 == 0)
            {
                await Assert.ThrowsAsync<InvalidDataException>(() => writes[i]);
            }
            else
            {
                Assert.Equal(i, await writes[i]);
            }
        }

        Assert.Equal(66L, Count("tombstones"));
        Assert.Equal(66L, Count("ledger"));
    }

    [Fact]
    public async Task Housekeeping_refuses_a_change_of_state() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.Housekeeping(transaction => transaction.Execute("UPDATE handovers SET state = 'waiting'")));

    [Fact]
    public void Nobody_else_gets_the_writer() => Assert.Throws<InvalidOperationException>(() => new Ledger(database, new LiveUpdates()));

    [Fact]
    public async Task A_full_queue_is_refused_at_once_and_the_rest_is_written()
    {
        using var gate = new ManualResetEventSlim();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = new List<Task<int>> { Operation() };
        await began.Task;
        try
        {
            // As many as there are writers have begun, the others wait for their turn.
            Assert.Throws<StoreBusyException>(() =>
            {
                while (waiting.Count < Writer.Capacity * 2)
                {
                    waiting.Add(Operation());
                }
            });
        }
        finally
        {
            gate.Set();
        }

        Assert.InRange(waiting.Count, Writer.Capacity, Writer.Capacity + 64);
        var (done, tooLate) = (0, 0);
        foreach (var one in waiting)
        {
            try
            {
                done += await one;
            }
            catch (StoreBusyException) when (database.IsShared)
            {
                // PostgreSQL's operations wait so long and no longer.
                tooLate++;
            }
        }

        Assert.Equal(waiting.Count, done + tooLate);

        Task<int> Operation() => ledger.Housekeeping(_ =>
        {
            began.TrySetResult();
            gate.Wait(TestContext.Current.CancellationToken);
            return 1;
        });
    }

    [Fact]
    public void An_entry_beyond_64_KiB_is_never_made() => Assert.Throws<InvalidOperationException>(() =>
        LedgerEntry.Of("claimed", Organization, 1, Actor.Server, new byte[48 * 1024], static (json, bytes) => json.WriteBytes("readerKey"u8, bytes)));

    [Fact]
    public async Task Readers_cannot_write()
    {
        await ledger.Write(transaction => transaction.Record(0, Entry()));

        var refused = Assert.ThrowsAny<Exception>(() => database.Read(connection => connection.Execute("DELETE FROM ledger")));

        Assert.True(refused is System.Data.Common.DbException or StoreFailedException, refused.ToString());
        Assert.Equal(1L, Count("ledger"));
    }

    [Fact]
    [Trait(Store.Only, Store.Sqlite)]
    public void Every_connection_overwrites_what_it_deletes_and_syncs_what_it_commits()
    {
        using var writer = store.OpenMain();

        Assert.Equal(1L, writer.Scalar("PRAGMA secure_delete"));
        Assert.Equal(2L, writer.Scalar("PRAGMA synchronous"));
        Assert.Equal("wal", writer.Scalar("PRAGMA journal_mode"));
        Assert.Equal(2L, writer.Scalar("PRAGMA temp_store"));
        Assert.Equal(1L, writer.Scalar("PRAGMA foreign_keys"));
        Assert.Equal(1L, database.Read(connection => connection.Scalar("PRAGMA secure_delete")));
        Assert.Equal(2L, database.Read(connection => connection.Scalar("PRAGMA temp_store")));
    }

    private long Count(string table) => database.Read(connection => (long)connection.Scalar($"SELECT count(*) FROM {table}")!);

    private static LedgerEntry Entry() => LedgerEntry.Of("organization-created", Organization, 1, Actor.Server);
}
