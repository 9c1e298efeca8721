using System.Globalization;

namespace Baton.Cli.Commands;

/// <summary>What the command line says to confirm. It is checked before the link is opened, as far as it can be.</summary>
internal sealed record ReceiptWish(string? Status, IReadOnlyList<string> Problems, string Name)
{
    /// <exception cref="CommandFailedException">A problem without --confirm, or one that names no entry.</exception>
    public void Check()
    {
        if (Status is null && Problems.Count > 0)
        {
            throw new CommandFailedException(ExitCode.Usage, "--problem goes with --confirm.", "--confirm works --problem '3:the password is refused'");
        }

        _ = Parsed().ToList();
    }

    /// <summary>Confirms; the word for the result.</summary>
    public async Task<string> Send(Reading reading, CancellationToken cancel)
    {
        if (Status is null)
        {
            return "no";
        }

        var entries = reading.Content.Entries.Count;
        var statuses = Enumerable.Repeat(Status, entries).ToArray();
        var notes = Enumerable.Repeat("", entries).ToArray();
        foreach (var (number, note) in Parsed().Where(problem => problem.Number <= entries))
        {
            statuses[number - 1] = "problem";
            notes[number - 1] = note;
        }

        await reading.Confirm(statuses, Name, notes, cancel);
        var problems = statuses.Count(status => status == "problem");
        return problems == 0 ? Status : string.Create(CultureInfo.InvariantCulture, $"{Status}, {problems} with a problem");
    }

    private IEnumerable<(int Number, string Note)> Parsed() => Problems.Select(problem =>
    {
        var parts = problem.Split(':', 2);
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? (number, parts.Length == 2 ? parts[1].Trim() : "")
            : throw new CommandFailedException(ExitCode.Usage, $"--problem {problem} names no entry.", "--problem '3:the password is refused'");
    });
}
