using System.Diagnostics;
using System.Text;

namespace Baton.Server.Tests;

/// <summary>The real `baton-server`, a process of its own: for signals, exit codes and what it writes.</summary>
internal sealed class BatonProcess : IAsyncDisposable
{
    /// <summary>The shell becomes the server: one process, whose id is the server's.</summary>
    private const string Exec = "exec \"$0\" \"$@\"";

    /// <summary>Long, because a slow machine is no fault of the product.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly TaskCompletionSource announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> code = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BatonProcess(Store store, string[] settings, int? fileKiB = null)
    {
        Store = store;
        string[] defaults = [.. store.ServerSettings, "--listen", "http://127.0.0.1:0", "--requests-per-minute", "0", "--link-requests-per-minute", "0"];
        process = new Process
        {
            StartInfo = new ProcessStartInfo("bash", ["-c", fileKiB is { } most ? $"trap '' XFSZ; ulimit -f {most}; DOTNET_EnableWriteXorExecute=0 {Exec}" : Exec, Path.Combine(AppContext.BaseDirectory, "baton-server"), .. defaults, .. settings])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        process.OutputDataReceived += (_, line) => Take(output, line.Data);
        process.ErrorDataReceived += (_, line) => Take(errors, line.Data);
    }

    public Store Store { get; }

    public int Id => process.Id;

    public string Output => Text(output);

    public string Errors => Text(errors);

    public Uri Address => new("http://127.0.0.1:" + Output.Split('\n')[0].Split(':')[^1]);

    /// <summary>Of a server without an owner, as it prints it.</summary>
    public Task<string> SetupCode => code.Task.WaitAsync(Patience);

    /// <summary>Starts it and waits until it has said where it is, or has ended.</summary>
    public static Task<BatonProcess> Start(Store store, params string[] settings) => Start(new BatonProcess(store, settings));

    /// <summary>
    /// The same on a disk that is full as soon as a file has so many KiB. (Write xor execute keeps the runtime's code in a file of its own
    /// that would be too large.)
    /// </summary>
    public static Task<BatonProcess> StartOnSmallDisk(Store store, int fileKiB, params string[] settings) => Start(new BatonProcess(store, settings, fileKiB));

    private static async Task<BatonProcess> Start(BatonProcess started)
    {
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        await Task.WhenAny(started.announced.Task, started.process.WaitForExitAsync()).WaitAsync(Patience);
        return started;
    }

    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };

    /// <summary>Fails with what it said when it did not start.</summary>
    public BatonProcess Expect() => process.HasExited ? throw new InvalidOperationException("It ended: " + Errors) : this;

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a supervisor sends it.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).Dispose();

    /// <summary>Waits for its end; gives the exit code.</summary>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await Kill();
        }

        process.Dispose();
    }

    private void Take(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append('\n');
        }

        if (ReferenceEquals(text, output) && line?.StartsWith("Set-up code: ", StringComparison.Ordinal) == true)
        {
            code.TrySetResult(line.Split(' ')[2]);
        }

        if (ReferenceEquals(text, output) && line?.StartsWith("Baton is at ", StringComparison.Ordinal) == true)
        {
            announced.TrySetResult();
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
