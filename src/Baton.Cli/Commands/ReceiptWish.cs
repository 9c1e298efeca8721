using System.Globalization;
using Baton.Cli.Output;
using Baton.Client.Evidence;

namespace Baton.Cli.Commands;

/// <summary>What the command line says to confirm. It is checked before the link is opened, as far as it can be.</summary>
/// <param name="File">Where the receipt with its proofs goes.</param>
internal sealed record ReceiptWish(string? Status, IReadOnlyList<string> Problems, string Name, FreshFile? File)
{
    /// <exception cref="CommandFailedException">A problem without --confirm, or one that names no entry.</exception>
    public void Check()
    {
        if (Status is null && Problems.Count > 0)
        {
            throw new CommandFailedException(ExitCode.Usage, "--problem goes with --confirm.", "--confirm works --problem '3:the password is refused'");
        }

        if (Status is null && File is not null)
        {
            throw new CommandFailedException(ExitCode.Usage, "--receipt goes with --confirm.", "--confirm works --receipt receipt.html");
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

        Save(await reading.Confirm(statuses, Name, notes, File is not null, cancel));
        var problems = statuses.Count(status => status == "problem");
        return problems == 0 ? Status : string.Create(CultureInfo.InvariantCulture, $"{Status}, {problems} with a problem");
    }

    private void Save(RecipientEvidence? evidence)
    {
        if (File is null)
        {
            return;
        }

        if (evidence is null)
        {
            throw new CommandFailedException(ExitCode.Unreachable, "It is confirmed, but the server gave no proofs, so there is no receipt to keep.");
        }

        File.Write(File.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? evidence.Text : evidence.ToPage());
        if (!evidence.Holds)
        {
            throw new CommandFailedException(
                ExitCode.Untrusted, $"It is confirmed, but the server's proofs do not hold. {File.Path} has them as they came.", "baton evidence verify says which step fails. Tell the sender, over another channel.");
        }
    }

    private IEnumerable<(int Number, string Note)> Parsed() => Problems.Select(problem =>
    {
        var parts = problem.Split(':', 2);
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? (number, parts.Length == 2 ? parts[1].Trim() : "")
            : throw new CommandFailedException(ExitCode.Usage, $"--problem {problem} names no entry.", "--problem '3:the password is refused'");
    });
}
