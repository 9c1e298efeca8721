using Baton.Server.Tests;

namespace Baton.EndToEnd.Tests;

/// <summary>baton-server as it is run, in a process and a new data directory of its own, with the built pages.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly BatonProcess process;

    private Product(BatonProcess process, string setupCode)
    {
        this.process = process;
        SetupCode = setupCode;
    }

    /// <summary>http://localhost:PORT, as it prints it itself.</summary>
    public Uri Address => new("http://localhost:" + process.Address.Port);

    /// <summary>What people type.</summary>
    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    public string SetupCode { get; }

    /// <summary>The data directory.</summary>
    public string Data => Store.Data;

    public Store Store => process.Store;

    public static async Task<Product> Start(params string[] settings)
    {
        var process = await BatonProcess.Start(Store.New(), ["--pages", Repository.Pages, .. settings]);
        return new Product(process, await process.SetupCode);
    }

    /// <summary>As a supervisor stops it; what it kept stays until the end of the test.</summary>
    public async Task Stop()
    {
        process.Terminate();
        Assert.Equal(0, await process.Ended());
    }

    /// <summary>kill -9, with nobody to stop it in order.</summary>
    public Task Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        process.Store.Dispose();
    }
}
