using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>`baton-server` as a process of its own, on a port of the system's choice, in a new data directory.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private readonly Process process;
    private readonly string data;

    private ServerProcess(Process process, string data, string address, string setUpCode)
    {
        this.process = process;
        this.data = data;
        Address = address;
        SetUpCode = setUpCode;
    }

    /// <summary>As it prints it itself.</summary>
    public string Address { get; }

    public string SetUpCode { get; }

    public static async Task<ServerProcess> Start(CancellationToken cancel)
    {
        var data = Directory.CreateTempSubdirectory("baton-cli-").FullName;
        var process = Programs.Start("baton-server", ["--data", data, "--listen", "http://127.0.0.1:0", "--requests-per-minute", "0"], new Dictionary<string, string>(StringComparer.Ordinal));
        _ = process.StandardError.ReadToEndAsync(cancel);
        string? address = null;
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            address ??= AddressLine().Match(line) is { Success: true } match ? match.Groups["address"].Value : null;
            if (CodeLine().Match(line) is { Success: true } code)
            {
                return new ServerProcess(process, data, address!, code.Groups["code"].Value);
            }
        }

        throw new InvalidOperationException("The server ended before it was ready.");
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(data, recursive: true);
    }

    [GeneratedRegex("^Baton is at (?<address>\\S+)$")]
    private static partial Regex AddressLine();

    [GeneratedRegex("^Set-up code: (?<code>\\S+)")]
    private static partial Regex CodeLine();
}

/// <summary>The programs as they were built, beside the tests.</summary>
internal static class Programs
{
    /// <summary>Starts one with everything redirected, in the C locale and UTC.</summary>
    public static Process Start(string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, name + ".dll"), .. arguments])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8, StandardErrorEncoding = System.Text.Encoding.UTF8, StandardInputEncoding = new System.Text.UTF8Encoding(false),
        };
        start.Environment["TZ"] = "UTC";
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        return Process.Start(start)!;
    }
}
