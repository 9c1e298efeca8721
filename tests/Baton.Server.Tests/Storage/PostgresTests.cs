using System.Net;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;
using Npgsql;

namespace Baton.Server.Tests.Storage;

/// <summary>What only PostgreSQL has: its settings, nodes that migrate at once, connections that die, rows to be vacuumed.</summary>
[Trait(Store.Only, Store.Postgres)]
public sealed class PostgresTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_that_takes_too_long_is_refused_and_changes_nothing()
    {
        await using var server = await BatonServer.Start("--statement-timeout", "1s");
        using var sender = await Sender.In(server);
        var handover = TestHandover.New(sender.Group);
        using (var other = server.Store.OpenMain())
        {
            other.Script("BEGIN; LOCK TABLE handovers IN ACCESS EXCLUSIVE MODE");
            using var refused = await sender.Post("/api/handovers", handover.Request);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal("not-ready", await refused.Problem());
            other.Script("ROLLBACK");
        }

        Assert.Equal(0, server.Store.Number("SELECT count(*) FROM handovers"));
        await sender.Create(handover);
    }

    [Fact]
    public async Task A_server_has_no_more_connections_than_it_may()
    {
        await using var server = await BatonServer.Start("--database-connections", "4");
        using var sender = await Sender.In(server);
        using var other = server.Store.OpenMain();
        var most = 0L;
        for (var round = 0; round < 3; round++)
        {
            var load = Task.WhenAll(Enumerable.Range(0, 40).Select(_ => sender.Waiting()));
            while (!load.IsCompleted)
            {
                var now = (long)other.Scalar("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'")!;
                most = Math.Max(most, now);
                await Task.Delay(1, Cancel);
            }

            await load;
        }

        // One more for what lasts as long as a connection does, and one a minute to vacuum.
        Assert.InRange(most, 1, 6);
    }

    [Fact]
    public async Task Connections_that_died_are_replaced_and_no_request_hears_of_it()
    {
        await using var server = await BatonServer.Start();
        using var sender = await Sender.In(server);
        using var page = new Reader(server);
        for (var round = 0; round < 5; round++)
        {
            var handovers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sender.Waiting()));
            foreach (var connection in (Connection[])[server.Store.OpenMain(), server.Store.OpenShares()])
            {
                connection.Scalar("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
                connection.Dispose();
            }

            foreach (var handover in handovers)
            {
                using var opened = await page.Claim(handover);
                Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Nodes_that_start_at_once_migrate_once()
    {
        using var store = Store.New();
        store.EmptyMain();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() => store.Database().Dispose(), Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal(store.Number("SELECT count(DISTINCT number) FROM migrations"), store.Number("SELECT count(*) FROM migrations"));
    }

    [Fact]
    public void The_share_store_by_another_name_of_the_main_database_is_refused()
    {
        using var store = Store.New();
        var main = new NpgsqlConnectionStringBuilder(PostgresRolesTests.Given(store, "--database"));
        var again = PostgresTarget.Parse("--shares", main.ConnectionString, 4, TimeSpan.FromSeconds(10));
        var refused = Assert.Throws<RefusedToStartException>(() => new Shares(new StorePlaces(store.Data, again, again), TimeProvider.System));
        Assert.Contains("Give the main database and the share store a database each.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_destroyed_is_vacuumed_each_minute()
    {
        await using var server = await BatonServer.Start();
        using var sender = await Sender.In(server);
        await sender.Waiting();
        await Eventually.Holds(() =>
        {
            // The first look may come before the server's timer is set.
            server.Clock.Advance(TimeSpan.FromMinutes(1));
            using var shares = server.Store.OpenShares();
            return server.Store.Number("SELECT count(*) FROM pg_stat_user_tables WHERE relname IN ('sealed', 'chunks', 'personal') AND vacuum_count > 0") == 3
                && (long)shares.Scalar("SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'shares'")! > 0;
        });
    }
}
