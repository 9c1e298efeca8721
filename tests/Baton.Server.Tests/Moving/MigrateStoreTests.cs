using System.Diagnostics;
using System.Net;
using Baton.Server.Features.Moving;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;
using Baton.Server.Tests.Log;

namespace Baton.Server.Tests.Moving;

/// <summary>baton-server migrate-store: a stopped SQLite server's stores into two PostgreSQL databases.</summary>
[Trait(Store.Only, Store.Postgres)]
public sealed class MigrateStoreTests : IAsyncLifetime
{
    private readonly Store source = new SqliteStore(BatonServer.NewDirectory());
    private readonly ManualClock clock = new();
    private Store target = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What the command and, afterwards, the server are started with.</summary>
    private string[] Moved => [.. target.Settings, "--data", source.Data];

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Store.OnPostgres, "Needs PostgreSQL: eng/test.sh runs it there.");
        target = Store.New();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        source.Dispose();
        target?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Everything_goes_on_where_it_was_and_nothing_that_could_be_opened_stays_behind()
    {
        var scene = await Scene.In(source, clock);

        var (code, output, errors) = await Move();
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("entries of 127.0.0.1/log: all as they were.", output, StringComparison.Ordinal);

        foreach (var secret in new[] { scene.Waiting.Request.Share, scene.Waiting.Request.Sealed, scene.Claimed.Request.Share, scene.Claimed.Request.Sealed, scene.Chunk })
        {
            Assert.False(source.Holds(secret));
        }

        Assert.True(File.Exists(Path.Combine(source.Data, "baton.db.moved")));
        Assert.Contains("has moved to PostgreSQL", Refusal(source.Settings), StringComparison.Ordinal);
        Assert.Contains("holds no SQLite database", (await Move()).Errors, StringComparison.Ordinal);
        await scene.GoesOn(target, clock, Moved);
        var (checkedCode, said, _) = await Copy.Check(target);
        Assert.True(checkedCode == 0, said);
    }

    [Fact]
    public async Task Killed_again_and_again_it_goes_on_where_it_was_and_meanwhile_no_server_starts_on_either_side()
    {
        var scene = await Scene.In(source, clock);
        source.Script(
            """
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000)
            INSERT INTO tombstones (locator_hash) SELECT randomblob(32) FROM numbers
            """);

        foreach (var rows in new[] { 0, 1, 4_000, 4_001, 9_000, 15_000, 19_900 })
        {
            using var process = Start();
            await Eventually.Holds(() => process.HasExited || target.Number("SELECT count(*) FROM moves") > 0 && target.Number("SELECT count(*) FROM tombstones") >= rows);
            process.Kill();
            await process.WaitForExitAsync(Cancel);
            if (File.Exists(Path.Combine(source.Data, "moving")))
            {
                Assert.Contains("on its way to PostgreSQL", Refusal(source.Settings), StringComparison.Ordinal);
                Assert.Contains("on its way", Refusal(Moved), StringComparison.Ordinal);
            }
        }

        using (var last = Start())
        {
            await last.WaitForExitAsync(Cancel);
            Assert.True(File.Exists(Path.Combine(source.Data, "baton.db.moved")));
        }

        Assert.Equal(20_000, target.Number("SELECT count(*) FROM tombstones"));
        await scene.GoesOn(target, clock, Moved);

        Process Start() => Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "baton-server"), ["migrate-store", .. Moved])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Cut_off_between_any_two_of_its_last_steps_it_finishes_them(int done)
    {
        var scene = await Scene.In(source, clock);
        var places = CommandWords.Of(Moved).Places;
        using (var data = new DataDirectory(source.Data))
        using (var from = MoveSource.Open(data, clock))
        using (var to = MoveTarget.Open(places, from.Move, from.Mark, clock))
        {
            var transfer = new Transfer(from.Main!, from.Shares, to);
            transfer.Copy(TextWriter.Null);
            Assert.Null(transfer.Difference(TextWriter.Null));
            to.SetVerified();
            if (done >= 2)
            {
                from.End();
            }

            if (done >= 3)
            {
                to.SetEnded();
            }
        }

        Assert.Contains("on its way", Refusal(Moved), StringComparison.Ordinal);
        Assert.Contains("on its way", Refusal(source.Settings), StringComparison.Ordinal);
        Assert.Equal(0, (await Move()).Code);
        await scene.GoesOn(target, clock, Moved);
    }

    [Fact]
    public async Task A_row_that_arrived_otherwise_is_found_and_nothing_is_given_up()
    {
        var scene = await Scene.In(source, clock);
        using (target.Fail(inShares: false, "BEFORE INSERT ON tombstones"))
        {
            source.Script("INSERT INTO tombstones (locator_hash) VALUES (x'07')");
            Assert.Equal(2, (await Move()).Code);
        }

        target.Script("UPDATE organizations SET name = 'Other'");
        var (code, _, errors) = await Move();
        Assert.Equal(1, code);
        Assert.StartsWith("Table organizations has 1 rows there and 1 here, or one of them is another.", errors, StringComparison.Ordinal);
        Assert.True(source.Holds(scene.Waiting.Request.Share));

        target.Script("UPDATE organizations SET name = 'Studio Północ'");
        Assert.Equal(0, (await Move()).Code);
        await scene.GoesOn(target, clock, Moved);
    }

    [Fact]
    public async Task It_is_refused_beside_a_server_and_into_databases_that_are_not_empty()
    {
        await using (await BatonServer.StartIn(source, clock))
        {
            Assert.Contains("can't be used", (await Move()).Errors, StringComparison.Ordinal);
        }

        await using (var other = await BatonServer.Start())
        {
            Assert.Contains("is not empty", (await Run([.. other.Store.Settings, "--data", source.Data])).Errors, StringComparison.Ordinal);
        }

        Assert.StartsWith("baton-server migrate-store", (await Run("--data", source.Data)).Errors, StringComparison.Ordinal);
        Assert.StartsWith("baton-server migrate-store", (await Run([.. Moved, "now"])).Errors, StringComparison.Ordinal);

        // Nothing of that was a beginning.
        await (await BatonServer.StartIn(source, clock)).DisposeAsync();
    }

    private Task<(int Code, string Output, string Errors)> Move() => Run(Moved);

    private static async Task<(int Code, string Output, string Errors)> Run(params string[] words)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        return (await MigrateStoreCommand.RunAsync(words, output, errors, TimeProvider.System), output.ToString(), errors.ToString());
    }

    private string Refusal(string[] settings) =>
        Assert.Throws<RefusedToStartException>(() => BatonHost.Create([.. settings, "--listen", "http://127.0.0.1:0"], clock)).Message;

    /// <summary>Handovers in each state of their life, and who made them.</summary>
    private sealed record Scene(Sender Sender, Reader Page, TestHandover Waiting, TestHandover Claimed, TestHandover Displayed, TestHandover Files, byte[] Chunk)
    {
        public static async Task<Scene> In(Store store, ManualClock clock)
        {
            await using var server = await BatonServer.StartIn(store, clock);
            var (sender, page) = (await Sender.In(server), new Reader(server));
            var (waiting, claimed, displayed, files) = (await sender.Waiting(), await sender.Waiting(), await sender.Waiting(), TestHandover.New(sender.Group, files: [26]));
            using var first = await page.Claim(claimed);
            using var second = await page.Claim(displayed);
            using var third = await page.Displayed(displayed);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode, third.StatusCode));
            await sender.Create(files);
            var chunk = BatonServer.NewId().ToBytes().Concat(new byte[10]).ToArray();
            using var put = await sender.PutChunk(files, 0, 0, chunk);
            Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
            return new Scene(sender, page, waiting, claimed, displayed, files, chunk);
        }

        /// <summary>The same session sees the same stories; what waited opens, who had claimed claims again, what was begun is committed.</summary>
        public async Task GoesOn(Store store, ManualClock clock, string[] settings)
        {
            await using var server = await BatonServer.StartIn(store, clock, settings);
            Sender.Connect(server);
            Page.Connect(server);
            Assert.Equal(["created", "claimed", "displayed"], await Sender.Story(Displayed));
            using var again = await Page.Claim(Claimed);
            using var opened = await Page.Claim(Waiting);
            using var shown = await Page.Displayed(Waiting);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NoContent), (again.StatusCode, opened.StatusCode, shown.StatusCode));
            using var committed = await Sender.Post($"/api/handovers/{Files.Id}/commit");
            Assert.Equal(HttpStatusCode.OK, committed.StatusCode);
            await Sender.Waiting();
            Sender.Dispose();
            Page.Dispose();
        }
    }
}
