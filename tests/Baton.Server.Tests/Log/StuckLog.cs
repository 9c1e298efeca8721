using Baton.Server.Storage;

namespace Baton.Server.Tests.Log;

/// <summary>Takes the share store's heads away under the running server: entries get their place, and nothing is signed.</summary>
internal sealed class StuckLog : IDisposable
{
    private readonly Connection connection;

    public StuckLog(BatonServer server)
    {
        connection = server.Store.OpenShares();
        connection.Script("ALTER TABLE heads RENAME TO away");
    }

    public void Mend() => connection.Script("ALTER TABLE away RENAME TO heads");

    public void Dispose() => connection.Dispose();
}
