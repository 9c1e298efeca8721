using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Baton.Client.Keys;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Benchmarks;

/// <summary>The published server in a process of its own, on a free port, with a new data directory and no rate limits, set up and signed in.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>The owner's.</summary>
    public const string Email = "bench@example.com", MasterPassword = "a long master password";

    private readonly string data;
    private readonly string[] settings;
    private readonly bool isFirst;
    private Process process;
    private UnlockedMember? member;
    private SignIn? signIn;

    private ServerProcess(Process process, string data, IPEndPoint endpoint, TimeSpan start, string[] settings, bool isFirst)
    {
        (this.process, this.data, this.settings, this.isFirst) = (process, data, settings, isFirst);
        Endpoint = endpoint;
        Start = start;
    }

    public IPEndPoint Endpoint { get; private set; }

    /// <summary>The program, as it was started.</summary>
    public string Program => process.StartInfo.FileName;

    /// <summary>Its data directory.</summary>
    public string Data => data;

    /// <summary>From starting the process to its first answer.</summary>
    public TimeSpan Start { get; }

    public string Cookie { get; private set; } = "";

    /// <summary>The owner, unlocked.</summary>
    public UnlockedMember Member => member!;

    /// <summary>As the owner's client sends it.</summary>
    public SignIn SignIn => signIn!;

    public Id Group => Member.Personal!.Group;

    /// <summary>The server's own; PostgreSQL's processes are not in it.</summary>
    public double CpuMilliseconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalMilliseconds;
        }
    }

    public double Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <param name="settings">More of them: another store.</param>
    public static async Task<ServerProcess> Run(string program, params string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        var (running, endpoint, start) = await Begin(program, directory, settings);
        var server = new ServerProcess(running, directory, endpoint, start, settings, isFirst: true);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{endpoint.Port}") };
        await server.SetUp(client);
        return server;
    }

    /// <summary>One more node of the same installation: the same databases, a data directory of its own with the same keys.</summary>
    public async Task<ServerProcess> AnotherNode()
    {
        var directory = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        foreach (var key in new[] { "server.key", "ledger.key" })
        {
            File.Copy(Path.Combine(data, key), Path.Combine(directory, key));
        }

        var (running, endpoint, start) = await Begin(Program, directory, settings);
        return new ServerProcess(running, directory, endpoint, start, settings, isFirst: false) { Cookie = Cookie, member = member, signIn = signIn };
    }

    /// <summary>Ends it, keeps its data.</summary>
    public void Stop()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Starts it again on its data.</summary>
    public async Task Again()
    {
        var program = Program;
        process.Dispose();
        (process, Endpoint, _) = await Begin(program, data, settings);
    }

    private static async Task<(Process Process, IPEndPoint Endpoint, TimeSpan Start)> Begin(string program, string directory, string[] settings)
    {
        var port = FreePort();
        var started = Stopwatch.StartNew();
        var start = new ProcessStartInfo(program)
        {
            ArgumentList =
            {
                "--data", directory, "--listen", $"http://127.0.0.1:{port}", "--requests-per-minute", "0", "--link-requests-per-minute", "0",
                "--handovers-per-hour", "0", "--handovers-per-hour-organization", "0",
                "--sign-in-failures-per-hour-address", "0", "--sign-in-failures-per-hour", "0",
            },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Array.ForEach(settings, start.ArgumentList.Add);
        var running = Process.Start(start)!;
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        while (true)
        {
            try
            {
                (await client.GetAsync(new Uri("/healthz/live", UriKind.Relative))).EnsureSuccessStatusCode();
                return (running, new IPEndPoint(IPAddress.Loopback, port), started.Elapsed);
            }
            catch (HttpRequestException) when (!running.HasExited)
            {
                await Task.Delay(1);
            }
        }
    }

    private async Task SetUp(HttpClient client)
    {
        using var asked = await client.PostAsJsonAsync(new Uri("/api/sign-in/parameters", UriKind.Relative), new SignInParameters(Email), WireJson.Shared);
        var parameters = (await asked.Content.ReadFromJsonAsync<KdfParameters>(WireJson.Shared))!;
        var owner = NewOwner.Make(await SetupCode(), "Bench", "Bench", Email, MasterPassword, parameters);
        using var answer = await client.PostAsJsonAsync(new Uri("/api/setup", UriKind.Relative), owner.Registration, WireJson.Shared);
        answer.EnsureSuccessStatusCode();
        Cookie = answer.Headers.GetValues("Set-Cookie").First(cookie => cookie.StartsWith("baton=", StringComparison.Ordinal)).Split(';')[0];
        var session = (await answer.Content.ReadFromJsonAsync<Session>(WireJson.Shared))!;
        if (!Client.Keys.MasterPassword.TryStretch(MasterPassword, parameters, out var password) || !UnlockedMember.TryUnlock(session, password.WrapKey, out var unlocked))
        {
            throw new InvalidDataException("The session does not unlock.");
        }

        signIn = new SignIn(Email, [.. password.AuthKey]);
        password.Dispose();
        member = unlocked;
    }

    /// <summary>Printed to standard output: the one word in five groups of four.</summary>
    private async Task<string> SetupCode()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            foreach (var word in line.Split(' '))
            {
                if (word.Length == 24 && word.Split('-').Length == 5)
                {
                    return word;
                }
            }
        }

        throw new InvalidDataException("The server printed no set-up code.");
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (isFirst)
        {
            member?.Dispose();
        }

        if (!process.HasExited)
        {
            Stop();
        }

        process.Dispose();
        Directory.Delete(data, recursive: true);
    }
}
