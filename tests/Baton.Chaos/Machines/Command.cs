using System.Diagnostics;

namespace Baton.Chaos.Machines;

/// <summary>A program that runs to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public static async Task Run(string program, params string[] arguments)
    {
        var (code, output) = await Try(program, arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {code}: {output}");
        }
    }

    public static Task<(int Code, string Output)> Try(string program, params string[] arguments) => Try(program, arguments, null);

    public static async Task<(int Code, string Output)> Try(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Longest);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, (await output + await errors).Trim());
    }

    /// <summary>Sends a signal to one process.</summary>
    public static Task Signal(string name, int process) =>
        Try("kill", $"-{name}", process.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
