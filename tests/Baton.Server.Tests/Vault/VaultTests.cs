namespace Baton.Server.Tests.Vault;

/// <summary>A server, an organization with an owner, an admin and two members.</summary>
public abstract class VaultTests : IAsyncLifetime
{
    private protected BatonServer Server { get; private set; } = null!;

    private protected Colleague Owner { get; private set; } = null!;

    private protected Colleague Admin { get; private set; } = null!;

    private protected Colleague Anna { get; private set; } = null!;

    private protected Colleague Piotr { get; private set; } = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Settings of the server.</summary>
    private protected virtual string[] Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        Server = await BatonServer.Start(Settings);
        Owner = await Colleague.In(Server);
        Admin = await Colleague.In(Server, Protocol.Role.Admin, Owner.Organization);
        Anna = await Colleague.In(Server, Protocol.Role.Member, Owner.Organization);
        Piotr = await Colleague.In(Server, Protocol.Role.Member, Owner.Organization);
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var colleague in new[] { Owner, Admin, Anna, Piotr })
        {
            colleague.Dispose();
        }

        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
