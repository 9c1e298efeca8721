using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Baton.EndToEnd.Tests;

/// <summary>baton-server as it is run, in a process and a data directory of its own, on a port of the system's choice, with the built pages.</summary>
internal sealed partial class Product : IAsyncDisposable
{
    private readonly Process process;
    private readonly string data;

    private Product(Process process, string data, Uri address, string setupCode)
    {
        this.process = process;
        this.data = data;
        Address = address;
        SetupCode = setupCode;
    }

    /// <summary>http://localhost:PORT</summary>
    public Uri Address { get; }

    public string SetupCode { get; }

    public static async Task<Product> Start(params string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("baton-e2e-").FullName;
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "baton-server")) { RedirectStandardOutput = true, UseShellExecute = false };
        string[] defaults = ["--data", directory, "--listen", "http://127.0.0.1:0", "--pages", Repository.Pages, "--requests-per-minute", "0", "--link-requests-per-minute", "0"];
        foreach (var argument in defaults.Concat(settings))
        {
            start.ArgumentList.Add(argument);
        }

        var server = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string? address = null;
        while (await server.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            address ??= AddressLine().Match(line) is { Success: true } found ? found.Groups["address"].Value : null;
            if (CodeLine().Match(line) is { Success: true } code)
            {
                _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Product(server, directory, new Uri(address!), code.Groups["code"].Value);
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(data, recursive: true);
    }

    [GeneratedRegex(@"^Baton is at (?<address>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"^Set-up code: (?<code>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeLine();
}
