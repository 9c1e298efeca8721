using System.Diagnostics;
using System.Text;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>What a command said, and how it ended.</summary>
internal sealed record Heard(int ExitCode, string Output, string Errors);

/// <summary>Somebody's terminal: `baton` as it was built, in a home of its own, in UTC.</summary>
internal sealed class Terminal(string home)
{
    /// <summary>Runs `baton` with these lines as its standard input.</summary>
    public async Task<Heard> Baton(IEnumerable<string> arguments, IEnumerable<string> input, CancellationToken cancel)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(string.Concat(input.Select(line => line + "\n")));
        process.StandardInput.Close();
        return await Hear(process, cancel);
    }

    /// <summary>Waits for its end.</summary>
    public static async Task<Heard> Hear(Process process, CancellationToken cancel)
    {
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new Heard(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts `baton` and lets it run.</summary>
    public Process Start(IEnumerable<string> arguments)
    {
        // Ctrl+C works at a terminal, also where the tests run in the background of a shell, which makes its children deaf to it.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Path.Combine(AppContext.BaseDirectory, "baton"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["TZ"] = "UTC";
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(home, "config");
        return Process.Start(start)!;
    }
}
