using System.Net;
using System.Security.Cryptography;
using Baton.Server.Features.Handovers;
using Baton.Server.Features.History;
using Baton.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Handovers;

/// <summary>
/// Two stores, one order. A kill between any two steps leaves one of the states made here by hand; the server, started in it,
/// brings both stores to one truth before it listens. spec/handover.md §8.
/// </summary>
public sealed class StoresTests : HandoverTests
{
    private Shares Shares => Server.Services.GetRequiredService<Shares>();

    [Fact]
    public async Task Killed_in_create_between_share_and_main_the_repeated_request_completes_it()
    {
        var handover = TestHandover.New(Sender.Group);
        await Shares.Keep(handover.Id, handover.Request.Share);

        await Restart();
        await Expect(HttpStatusCode.NotFound, Page.Lookup(handover));
        await Sender.Create(handover);

        await Open(Page, handover);
    }

    [Fact]
    public async Task Killed_in_create_between_share_and_main_and_never_repeated_the_share_goes_after_an_hour()
    {
        var handover = TestHandover.New(Sender.Group);
        await Shares.Keep(handover.Id, handover.Request.Share);
        var waiting = await Sender.Waiting(lifeSeconds: 86_400);

        Server.Clock.Advance(TimeSpan.FromMinutes(62));

        await Eventually.Holds(() => Stored.Share(Server, handover) is null);
        Assert.NotNull(Stored.Share(Server, waiting));
    }

    [Fact]
    public async Task Killed_in_claim_before_main_nothing_was_spent_after_it_the_reader_asks_again()
    {
        var handover = await Sender.Waiting();
        await Restart();
        Assert.Equal("waiting", await Sender.State(handover));

        var opened = await Open(Page, handover);
        await Restart();

        Assert.Equal(opened.Claimed, (await Open(Page, handover)).Claimed);
        using var other = new Reader(Server);
        await Expect(HttpStatusCode.NotFound, other.Claim(handover));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_in_an_end_between_main_and_share_or_after_it_the_start_finishes_it(bool shareGone)
    {
        var handover = await Sender.Waiting();
        await Open(Page, handover);
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));
        await Eventually.Holds(() => Unfinished() == 0);

        // As it stood right after main had decided, with the share still there or just gone.
        await Server.Services.GetRequiredService<Ledger>().Write(transaction =>
        {
            transaction.Execute("UPDATE handovers SET share_gone = FALSE WHERE handover = @id", ("@id", handover.Id));
            return transaction.Record(0, Any());
        });
        if (!shareGone)
        {
            await Shares.Keep(handover.Id, handover.Request.Share);
        }

        await Restart();

        Assert.Null(Stored.Share(Server, handover));
        Assert.Equal(0, Unfinished());
        Assert.Equal("displayed", await Sender.State(handover));
    }

    [Fact]
    public async Task A_share_of_an_ended_handover_that_came_back_is_destroyed_before_the_server_listens()
    {
        var handover = await Sender.Waiting();
        await Expect(HttpStatusCode.OK, Sender.Post($"/api/handovers/{handover.Id}/revoke"));
        await Shares.Keep(handover.Id, handover.Request.Share);
        Server.Clock.Step(TimeSpan.FromMinutes(61));

        await Restart();

        Assert.Null(Stored.Share(Server, handover));
    }

    [Fact]
    public async Task Waiting_without_its_share_is_void_after_the_start()
    {
        var lost = await Sender.Waiting();
        var kept = await Sender.Waiting();
        await Shares.Destroy(lost.Id);
        await Expect(HttpStatusCode.NotFound, Page.Claim(lost));

        await Restart();

        Assert.Equal("void", await Sender.State(lost));
        Assert.Equal(["created", "void"], await Sender.Story(lost));
        Assert.Equal("waiting", await Sender.State(kept));
        Assert.Equal(1, Stored.Count(Server, "sealed"));
    }

    [Fact]
    public async Task A_data_directory_restored_without_its_shares_opens_nothing()
    {
        var handover = await Sender.Waiting();
        var read = await Sender.Waiting();
        await Open(Page, read);
        using var restored = await Log.Copy.Of(Server);

        Assert.Contains("restored backup", Assert.Throws<RefusedToStartException>(() => BatonHost.Create(restored.Settings, Server.Clock)).Message, StringComparison.Ordinal);
        await restored.Recover(Server.Clock);
        await using var again = await BatonServer.StartIn(restored.Store, Server.Clock);
        using var page = new Reader(again);

        await Expect(HttpStatusCode.NotFound, page.Claim(handover));
        foreach (var one in new[] { handover, read })
        {
            Assert.Equal("void", again.Services.GetRequiredService<Database>().Read(connection =>
                (string)connection.Scalar("SELECT state FROM handovers WHERE handover = @id", ("@id", one.Id))!));
        }

        Assert.Equal(0, Stored.Count(again, "sealed"));
    }

    [Fact]
    public async Task Killed_in_the_death_of_a_draft_the_start_finishes_it()
    {
        var handover = TestHandover.New(Sender.Group, files: [16 + 10]);
        await Sender.Create(handover);
        await Sender.PutChunk(handover, 0, 0, new byte[26]);
        await Shares.Destroy(handover.Id);
        Server.Clock.Step(TimeSpan.FromMinutes(61));

        await Restart();

        Assert.Equal(0, Stored.Count(Server, "drafts"));
        Assert.Equal(0, Stored.Count(Server, "chunks"));
        await Expect(HttpStatusCode.Conflict, Sender.Post("/api/handovers", handover.Request));
    }

    [Fact]
    public async Task With_the_share_store_out_of_reach_every_call_that_needs_it_is_503_and_spends_nothing()
    {
        var handover = await Sender.Waiting();
        using var broken = new BrokenShares(Server);

        foreach (var call in new[] { Page.Lookup(handover), Page.Claim(handover), Page.Guess(handover), Page.Lookup(TestHandover.New(Sender.Group)), Sender.Post("/api/handovers", TestHandover.New(Sender.Group).Request) })
        {
            using var answer = await call;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("shares-unavailable", await answer.Problem());
        }

        broken.Mend();
        var detail = await Sender.Detail(handover);
        Assert.Equal("waiting", detail.Summary.State);
        Assert.Equal(10, detail.Summary.GuessesLeft);
        await Open(Page, handover);
    }

    private static LedgerEntry Any() => LedgerEntry.Of("organization-created", BatonServer.NewId(), 1, Actor.Server);

    private long Unfinished() => Server.Services.GetRequiredService<Database>().Read(connection =>
        (long)connection.Scalar("SELECT count(*) FROM handovers WHERE share_gone = FALSE")!);

    /// <summary>Takes the table away under the running server, as a lost store would be.</summary>
    private sealed class BrokenShares : IDisposable
    {
        private readonly Connection connection;

        public BrokenShares(BatonServer server)
        {
            connection = server.Store.OpenShares();
            connection.Script("ALTER TABLE shares RENAME TO away");
        }

        public void Mend() => connection.Script("ALTER TABLE away RENAME TO shares");

        public void Dispose() => connection.Dispose();
    }
}
