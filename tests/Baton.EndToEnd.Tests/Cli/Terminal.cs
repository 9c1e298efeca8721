namespace Baton.EndToEnd.Tests.Cli;

/// <summary>What a command said, and how it ended.</summary>
internal sealed record Heard(int ExitCode, string Output, string Errors);

/// <summary>Somebody's terminal: `baton` is run in a home of its own.</summary>
internal sealed class Terminal(string home)
{
    /// <summary>Runs `baton` with these lines as its standard input.</summary>
    public async Task<Heard> Baton(IEnumerable<string> arguments, IEnumerable<string> input, CancellationToken cancel)
    {
        using var process = Programs.Start(
            "baton", arguments, new Dictionary<string, string>(StringComparer.Ordinal) { ["XDG_CONFIG_HOME"] = Path.Combine(home, "config") });
        await process.StandardInput.WriteAsync(string.Concat(input.Select(line => line + "\n")));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new Heard(process.ExitCode, await output, await errors);
    }
}
