using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Tests.Storage;

/// <summary>Operations that meet, and a COMMIT without an answer.</summary>
public sealed class RetryTests : IDisposable
{
    private readonly Store store = Store.New();
    private readonly Database database;
    private readonly Ledger ledger;

    public RetryTests()
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
    public async Task Operations_that_read_what_the_others_write_are_kept_as_if_they_had_come_one_after_the_other()
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => ledger.Write(transaction =>
        {
            var there = (long)transaction.Scalar("SELECT count(*) FROM tombstones")!;
            transaction.Execute("INSERT INTO tombstones (locator_hash) VALUES (@l)", ("@l", System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)));
            return transaction.Record(there, Entry());
        })));

        Assert.Equal(Enumerable.Range(0, 24).Select(i => (long)i), seen.Order());
        Assert.Equal(24L, store.Number("SELECT count(*) FROM ledger"));
    }

    [Fact]
    [Trait(Store.Only, Store.Postgres)]
    public async Task A_commit_whose_answer_is_lost_is_not_tried_again_and_says_that_it_failed()
    {
        using (var main = store.OpenMain())
        {
            // Checked at COMMIT, and the connection dies of it.
            main.Script(
                """
                CREATE FUNCTION lost() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER lost AFTER INSERT ON tombstones DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lost()
                """);
        }

        var runs = 0;
        await Assert.ThrowsAsync<StoreFailedException>(() => ledger.Write(transaction =>
        {
            runs++;
            transaction.Execute("INSERT INTO tombstones (locator_hash) VALUES (@l)", ("@l", new byte[32]));
            return transaction.Record(0, Entry());
        }));

        Assert.Equal(1, runs);
        Assert.Equal(0L, store.Number("SELECT count(*) FROM ledger"));
        Assert.Equal(7, await ledger.Write(transaction => transaction.Record(7, Entry())));
    }

    private static LedgerEntry Entry() => LedgerEntry.Of("organization-created", new Id(new byte[16]), 1, Actor.Server);
}
