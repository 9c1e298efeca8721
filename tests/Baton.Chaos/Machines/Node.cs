using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Baton.Chaos.Machines;

/// <summary>
/// One `baton-server` in one data directory and on one port over all its lives, under a supervisor that starts it again as long as it refuses.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string program;
    private readonly string[] settings;
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly TaskCompletionSource<string> code = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> said = new();
    private Process? process;
    private bool meant = true;

    public Node(string program, string data, IReadOnlyDictionary<string, string> environment, params string[] settings)
    {
        (this.program, Data, this.environment) = (program, data, environment);
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Port = ((IPEndPoint)free.LocalEndpoint).Port;
        this.settings = ["--data", data, "--listen", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"), .. settings];
    }

    public string Data { get; }

    public int Port { get; }

    /// <summary>What a server without an owner printed.</summary>
    public Task<string> SetupCode => code.Task.WaitAsync(Patience);

    /// <summary>Lives that ended without anybody having ended them, with the last that the server said.</summary>
    public List<string> Deaths { get; } = [];

    /// <summary>Refusals to start; the supervisor tried again.</summary>
    public int Refusals { get; private set; }

    public bool IsUp => process is { HasExited: false };

    /// <summary>Starts it, and again while it refuses: returns once it listens.</summary>
    public async Task Up()
    {
        if (IsUp)
        {
            return;
        }

        NoteDeath();
        var since = TimeProvider.System.GetTimestamp();
        while (!await TryStart())
        {
            Refusals++;
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException("The server refuses to start: " + Last());
            }

            await Task.Delay(200);
        }
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        if (IsUp)
        {
            meant = true;
            process!.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>SIGSTOP: it stands still, its connections stay.</summary>
    public Task Pause() => Command.Signal("STOP", process!.Id);

    public Task Resume() => Command.Signal("CONT", process!.Id);

    public async ValueTask DisposeAsync()
    {
        await Kill();
        process?.Dispose();
    }

    /// <summary>False: it refused.</summary>
    private async Task<bool> TryStart()
    {
        process?.Dispose();
        var announced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo(program, settings) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("Set-up code: ", StringComparison.Ordinal) == true)
            {
                code.TrySetResult(line.Data.Split(' ')[2]);
            }
            else if (line.Data?.StartsWith("Baton is at ", StringComparison.Ordinal) == true)
            {
                announced.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        meant = false;
        var exited = process.WaitForExitAsync();
        await Task.WhenAny(announced.Task, exited).WaitAsync(Patience);
        meant = exited.IsCompleted;
        return !exited.IsCompleted;
    }

    private void NoteDeath()
    {
        if (process is { HasExited: true } && !meant)
        {
            Deaths.Add($"exit code {process.ExitCode}: {Short(Why())}");
        }
    }

    /// <summary>The last thing that it called a reason to end, or the last at all.</summary>
    private string Why()
    {
        lock (said)
        {
            return said.LastOrDefault(line => line.Contains(" crit: ", StringComparison.Ordinal) || line.Contains("BackgroundService failed", StringComparison.Ordinal)
                || line.StartsWith("Unhandled exception", StringComparison.Ordinal)) ?? said.LastOrDefault() ?? "";
        }
    }

    private static string Short(string text) => text[..Math.Min(text.Length, 3000)];

    private void Keep(string? line)
    {
        lock (said)
        {
            said.Enqueue(line ?? "");
            if (said.Count > 300)
            {
                said.Dequeue();
            }
        }
    }

    private string Last()
    {
        lock (said)
        {
            return string.Join('\n', said).Trim();
        }
    }
}
