using Baton.Client.Api;
using Baton.EndToEnd.Tests.Cli.KeePass;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>Somebody who works in a terminal: a server of its own, a home, signed in.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string MasterPassword = "correct horse battery";

    private Desk(Product server) => Server = server;

    public Product Server { get; }

    public string Home { get; } = Directory.CreateTempSubdirectory("baton-desk-").FullName;

    /// <summary>The owner of a new installation.</summary>
    public static async Task<Desk> SetUp(CancellationToken cancel, params string[] settings)
    {
        var desk = new Desk(await Product.Start(settings));
        desk.Write("code", desk.Server.SetupCode);
        desk.Write("master", MasterPassword);
        desk.Write("source", KeePassXc.Password);
        await desk.Does(cancel, "set-up", desk.Server.Origin, "--code-file", desk.At("code"), "--organization", "Studio", "--name", "Ewa", "--email", "ewa@studio.example");
        return desk;
    }

    public string At(string name) => Path.Combine(Home, name);

    public void Write(string name, string text) => File.WriteAllText(At(name), text + "\n");

    /// <summary>What `baton` says to a command that succeeds.</summary>
    public async Task<string> Does(CancellationToken cancel, params string[] command)
    {
        var heard = await Says(cancel, command);
        Assert.True(heard.ExitCode == 0, $"baton {string.Join(' ', command)}\n{heard.Output}{heard.Errors}");
        return heard.Output;
    }

    /// <summary>What `baton` says, with the master password at hand.</summary>
    public Task<Heard> Says(CancellationToken cancel, params string[] command) => new Terminal(Home).Baton([.. command, "--password-file", At("master")], [], cancel);

    /// <summary>The API under the session of this home.</summary>
    public BatonApi Api()
    {
        using var session = System.Text.Json.JsonDocument.Parse(File.ReadAllText(At("config/baton/session.json")));
        var cookies = session.RootElement.GetProperty("cookies").EnumerateObject().ToDictionary(cookie => cookie.Name, cookie => cookie.Value.GetString()!, StringComparer.Ordinal);
        return new BatonApi(ServerAddress.TryParse(Server.Origin, out var address) ? address : throw new InvalidOperationException(), Cookies.From(cookies));
    }

    /// <summary>How many entries lie in a group, those in the bin included.</summary>
    public static async Task<int> Count(BatonApi api, Id group, CancellationToken cancel)
    {
        var (count, after) = (0, 0L);
        while ((await api.Entries(group, after, 1_000, cancel)).TryGet(out var page, out _))
        {
            count += page.Entries.Count(entry => !entry.Purged);
            if (!page.More)
            {
                break;
            }

            after = page.Entries[^1].Change;
        }

        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }
}
