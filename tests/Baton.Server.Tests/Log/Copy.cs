using Baton.Server.Features.Handovers;
using Baton.Server.Features.History;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Log;

/// <summary>A store as a backup of a running server brings it back: the main database and the keys, and no shares.</summary>
internal sealed class Copy : IDisposable
{
    private Copy(Store store) => Store = store;

    public Store Store { get; }

    public string Path => Store.Data;

    /// <summary>What a server in it is started with.</summary>
    public string[] Settings => [.. Store.Settings, "--listen", "http://127.0.0.1:0"];

    /// <summary>Of what the server has signed by now.</summary>
    public static async Task<Copy> Of(BatonServer server)
    {
        Assert.True(await server.Services.GetRequiredService<Sequencer>().CatchUp(TestContext.Current.CancellationToken));
        return AsItIs(server);
    }

    /// <summary>Whether it is signed or not.</summary>
    public static Copy AsItIs(BatonServer server)
    {
        var copy = new Copy(Store.New());
        server.Store.CopyMainTo(copy.Store);
        foreach (var key in Directory.EnumerateFiles(server.Data, "*.key"))
        {
            File.Copy(key, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(key)));
        }

        return copy;
    }

    /// <summary>Puts the server's share store beside it: what a disk that was rolled back in part looks like.</summary>
    public void TakeShares(BatonServer server) => server.Store.CopySharesTo(Store);

    public async Task<string> Recover(ManualClock clock, string reason = "the disk was lost")
    {
        var (code, output, errors) = await Run(clock, ["--reason", reason, .. Store.Settings]);
        Assert.Equal((0, ""), (code, errors));
        return output;
    }

    public static async Task<(int Code, string Output, string Errors)> Run(ManualClock clock, params string[] words)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        return (await RecoverCommand.RunAsync(words, output, errors, clock), output.ToString(), errors.ToString());
    }

    /// <summary>baton-server ledger check.</summary>
    public static async Task<(int Code, string Output, string Errors)> Check(Store store, string? from = null)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        string[] words = from is null ? ["check", .. store.Settings] : ["check", "--from", from, .. store.Settings];
        return (await LedgerCommand.RunAsync(words, output, errors), output.ToString(), errors.ToString());
    }

    public void Dispose() => Store.Dispose();
}
