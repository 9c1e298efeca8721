using System.Net;
using Baton.Server.Features.History;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Handovers;

/// <summary>The database may grow no further, which SQLite meets like a full disk: SQLITE_FULL.</summary>
[Trait(Store.Only, Store.Sqlite)]
public sealed class FullDiskTests : HandoverTests
{
    [Fact]
    public async Task A_full_disk_refuses_what_does_not_fit_loses_nothing_and_goes_on_once_there_is_room()
    {
        var kept = new List<TestHandover> { await Sender.Waiting() };
        await Allow("PRAGMA max_page_count = 1");

        var refused = TestHandover.New(Sender.Group, sealedSize: 16 + 24_576);
        while (await TryCreate(refused))
        {
            kept.Add(refused);
            refused = TestHandover.New(Sender.Group, sealedSize: 16 + 24_576);
        }

        await Expect(HttpStatusCode.NotFound, Page.Lookup(refused));
        await Allow("PRAGMA max_page_count = 1000000");

        foreach (var handover in kept)
        {
            Assert.Equal(handover.Request.Sealed, (await Open(Page, handover)).Sealed);
        }

        await Sender.Create(refused);
        Assert.Equal(["created"], await Sender.Story(refused));
    }

    private async Task<bool> TryCreate(TestHandover handover)
    {
        using var answer = await Sender.Post("/api/handovers", handover.Request);
        if (answer.StatusCode == HttpStatusCode.Created)
        {
            return true;
        }

        Assert.Equal("not-ready", await answer.Problem());
        return false;
    }

    /// <summary>A count below what is there means: not one page more.</summary>
    private Task<int> Allow(string pragma) => Server.Services.GetRequiredService<Ledger>().Write(transaction =>
    {
        transaction.Scalar(pragma);
        return transaction.Nothing(0);
    });
}
