using System.Net;
using Baton.Server.Tests.Handovers;
using Npgsql;

namespace Baton.Server.Tests.Storage;

/// <summary>A PostgreSQL of its own whose standby goes away: what only the primary has is told to nobody.</summary>
[Trait(Store.Only, Store.Postgres)]
public sealed class StandbyTests : IDisposable
{
    private readonly ClusterOfItsOwn cluster = new();

    public StandbyTests() => cluster.Start();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task What_no_standby_has_is_answered_to_nobody_and_neither_is_its_repetition()
    {
        await using var server = await RealServer.Start(on: PostgresStore.In(cluster.Administrator), more: ["--statement-timeout", "1s"]);
        using var sender = server.Sender();
        using var page = new Reader(server.Client());
        using var other = new Reader(server.Client());
        var (made, read) = (TestHandover.New(server.Group), TestHandover.New(server.Group));
        await Expect(HttpStatusCode.Created, sender.Post("/api/handovers", read.Request));

        Standby("nobody");
        for (var time = 0; time < 2; time++)
        {
            await Expect(HttpStatusCode.ServiceUnavailable, sender.Post("/api/handovers", made.Request));
            await Expect(HttpStatusCode.ServiceUnavailable, page.Claim(read));
        }

        Standby("");
        await Expect(HttpStatusCode.Created, sender.Post("/api/handovers", made.Request));
        await Expect(HttpStatusCode.OK, page.Claim(read));
        await Expect(HttpStatusCode.NotFound, other.Claim(read));
    }

    private static async Task Expect(HttpStatusCode status, Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>Whom a commit waits for; all connections know it when this returns.</summary>
    private void Standby(string name)
    {
        cluster.Execute($"ALTER SYSTEM SET synchronous_standby_names = '{name}'", "SELECT pg_reload_conf()");
        using var connection = new NpgsqlConnection(cluster.Administrator);
        connection.Open();

        // The checkpointer tells the others of it a moment later; a commit of ours shows it: one that waits is cancelled, and says so.
        using var look = new NpgsqlCommand("CREATE TABLE IF NOT EXISTS look (n int); INSERT INTO look VALUES (1)", connection) { CommandTimeout = 1 };
        var waits = false;
        connection.Notice += (_, notice) => waits |= notice.Notice.SqlState == "01000";
        do
        {
            waits = false;
            try
            {
                look.ExecuteNonQuery();
            }
            catch (NpgsqlException timeout) when (timeout.InnerException is TimeoutException)
            {
                waits = true;
            }
        }
        while (waits != name.Length > 0);
    }
}
