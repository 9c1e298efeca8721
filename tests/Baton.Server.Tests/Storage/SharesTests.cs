using System.Security.Cryptography;

namespace Baton.Server.Tests.Storage;

public sealed class SharesTests : IDisposable
{
    private readonly Store store = Store.New();
    private readonly Store killed = Store.New();

    public void Dispose()
    {
        store.Dispose();
        killed.Dispose();
    }

    [Fact]
    [Trait(Store.Only, Store.Sqlite)]
    public async Task What_a_killed_server_left_in_the_log_is_gone_soon_after_the_start_though_nothing_is_written()
    {
        var share = RandomNumberGenerator.GetBytes(32);
        store.Shares().Dispose();
        using (var writer = store.OpenShares())
        {
            writer.Execute("INSERT INTO shares (handover, share, kept_at) VALUES (@handover, @share, 1)", ("@handover", BatonServer.NewId()), ("@share", share));
            writer.Execute("DELETE FROM shares");

            // As SIGKILL leaves it: the log as it is, with the connection still open.
            Directory.CreateDirectory(Path.Combine(killed.Data, "shares"));
            foreach (var file in new[] { "shares.db", "shares.db-wal" })
            {
                File.Copy(Path.Combine(store.Data, "shares", file), Path.Combine(killed.Data, "shares", file));
            }
        }

        Assert.True(killed.Holds(share), "The search sees nothing.");

        using var again = killed.Shares();

        await Eventually.Holds(() => !killed.Holds(share));
    }

    [Fact]
    public void Strays_are_looked_for_up_to_the_first_young_share_so_that_a_clock_that_is_ahead_hides_none()
    {
        using var shares = store.Shares();
        using (var writer = store.OpenShares())
        {
            foreach (var keptAt in new[] { 10, 5_000, 20 })
            {
                writer.Execute(
                    "INSERT INTO shares (handover, share, kept_at) VALUES (@handover, @share, @kept_at)",
                    ("@handover", BatonServer.NewId()), ("@share", RandomNumberGenerator.GetBytes(32)), ("@kept_at", (long)keptAt));
            }
        }

        var first = Assert.Single(shares.KeptBefore(100, 0, 10));
        Assert.Empty(shares.KeptBefore(100, first.Number, 10));
        Assert.Equal(2, shares.KeptBefore(6_000, first.Number, 10).Count);
    }
}
