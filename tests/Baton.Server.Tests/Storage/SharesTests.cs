using System.Security.Cryptography;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Storage;

public sealed class SharesTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly TemporaryDirectory killed = new();

    public void Dispose()
    {
        directory.Dispose();
        killed.Dispose();
    }

    [Fact]
    public async Task What_a_killed_server_left_in_the_log_is_gone_soon_after_the_start_though_nothing_is_written()
    {
        var share = RandomNumberGenerator.GetBytes(32);
        new Shares(directory.Path, TimeProvider.System).Dispose();
        using (var writer = Connection.OpenWriter(directory["shares/shares.db"]))
        {
            writer.Execute("INSERT INTO shares (handover, share, kept_at) VALUES (@handover, @share, 1)", ("@handover", BatonServer.NewId()), ("@share", share));
            writer.Execute("DELETE FROM shares");

            // As SIGKILL leaves it: the log as it is, with the connection still open.
            Directory.CreateDirectory(killed["shares"]);
            foreach (var file in new[] { "shares.db", "shares.db-wal" })
            {
                File.Copy(directory["shares/" + file], killed["shares/" + file]);
            }
        }

        Assert.True(Stored.Holds(killed.Path, share), "The search sees nothing.");

        using var again = new Shares(killed.Path, TimeProvider.System);

        await Eventually.Holds(() => !Stored.Holds(killed.Path, share));
    }
}
