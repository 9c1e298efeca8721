using System.Net;
using Baton.Server.Operations;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;
using Npgsql;

namespace Baton.Server.Tests.Storage;

/// <summary>deploy/postgres/roles.sql: a server needs no right to change a table or history, and has none.</summary>
public sealed class PostgresRolesTests
{
    /// <summary>As an operator who makes roles for two databases that are there already.</summary>
    private const string GiveAway =
        """
        DO $$
        DECLARE
            each RECORD;
        BEGIN
            FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('ALTER TABLE %I OWNER TO baton_owner', each.tablename);
            END LOOP;
        END
        $$
        """;

    private static readonly string[] Forbidden =
    [
        "CREATE TABLE mine (id BIGINT)", "ALTER TABLE ledger ADD COLUMN mine BIGINT", "DROP TABLE sealed", "TRUNCATE sealed", "CREATE INDEX mine ON ledger (time)",
        "DELETE FROM ledger", "UPDATE ledger SET bytes = bytes", "UPDATE ledger SET organization = organization", "DELETE FROM handovers",
        "UPDATE cards SET card = card", "DELETE FROM tombstones", "UPDATE migrations SET name = name", "DELETE FROM logs", "DELETE FROM tiles",
    ];

    [Fact]
    [Trait(Store.Only, Store.Postgres)]
    public async Task A_server_with_the_rights_of_a_node_serves_and_can_change_neither_a_table_nor_history()
    {
        using var store = Store.New();
        var clock = new ManualClock();
        store.EmptyMain();
        using (var shares = store.OpenShares())
        {
            store.Script(Repository.Read("deploy/postgres/roles.sql"));
            shares.Script(GiveAway);
            shares.Script(Repository.Read("deploy/postgres/roles.sql"));
        }

        var refused = await Assert.ThrowsAsync<RefusedToStartException>(() => BatonServer.StartIn(store, clock, As(store, "baton_node")));
        Assert.Contains("this role may not change it", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Run once as the role that owns it: baton-server migrate", refused.Message, StringComparison.Ordinal);

        using var output = new StringWriter();
        Assert.Equal(0, await MigrateCommand.RunAsync(As(store, "baton_owner"), output, output, clock));
        Assert.Contains("have the schema of version", output.ToString(), StringComparison.Ordinal);
        store.Script(Repository.Read("deploy/postgres/roles.sql"));

        await using (var server = await BatonServer.StartIn(store, clock, As(store, "baton_node")))
        {
            using var sender = await Sender.In(server);
            using var page = new Reader(server);
            var handover = await sender.Waiting();
            using (var opened = await page.Claim(handover))
            {
                Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
            }

            using (var displayed = await page.Displayed(handover))
            {
                Assert.Equal(HttpStatusCode.NoContent, displayed.StatusCode);
            }

            // Sequencer and sweeps work with these rights too.
            await Eventually.Holds(() => store.Number("SELECT count(*) FROM ledger WHERE leaf_index IS NULL") == 0 && store.Number("SELECT count(*) FROM handovers WHERE share_gone = FALSE") == 0);
        }

        using var node = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Given(store, "--database")) { Username = "baton_node", Pooling = false }.ConnectionString);
        node.Open();
        foreach (var forbidden in Forbidden)
        {
            using var command = new NpgsqlCommand(forbidden, node);
            var state = Assert.Throws<PostgresException>(() => command.ExecuteNonQuery()).SqlState;
            Assert.Equal((forbidden, PostgresErrorCodes.InsufficientPrivilege), (forbidden, state));
        }
    }

    [Fact]
    public async Task Migrate_wants_both_databases()
    {
        using var said = new StringWriter();
        Assert.Equal(2, await MigrateCommand.RunAsync(["--data", "nowhere"], said, said, TimeProvider.System));
        Assert.StartsWith("baton-server migrate --database-file FILE --shares-file FILE", said.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What the store's settings say of an option.</summary>
    internal static string Given(Store store, string option) => store.Settings[Array.IndexOf(store.Settings, option) + 1];

    private static string[] As(Store store, string role) => ["--database", Given(store, "--database", role), "--shares", Given(store, "--shares", role)];

    private static string Given(Store store, string option, string role) =>
        new NpgsqlConnectionStringBuilder(Given(store, option)) { Username = role }.ConnectionString;
}
