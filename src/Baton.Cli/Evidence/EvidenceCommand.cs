using System.CommandLine;
using System.Text;
using Baton.Cli.Commands;
using Baton.Cli.Output;
using Baton.Cli.Vault;
using Baton.Client.Evidence;
using Baton.Protocol;
using Baton.Protocol.Evidence;

namespace Baton.Cli.Evidence;

/// <summary>`baton evidence ID…`: what became of these handovers, or of a group's, with its proofs, in one file. spec/evidence.md.</summary>
internal static class EvidenceCommand
{
    private static readonly Argument<string[]> Handovers = new("id") { HelpName = "ID", Arity = ArgumentArity.ZeroOrMore, Description = "Handovers, as history shows them" };
    private static readonly Option<string?> Group = new("--group") { HelpName = "GROUP", Description = "Every handover of this group: a handover protocol of the whole project" };
    private static readonly Option<string> Out = new("--out") { HelpName = "FILE", DefaultValueFactory = _ => "evidence.html", Description = "A new file: a page (.html) or its machine part alone (.json)" };
    private static readonly Option<string> Language = new("--language") { DefaultValueFactory = _ => "en", Description = "Language of the page: en, pl, de" };
    private static readonly Option<string?> Title = new("--title") { HelpName = "TITLE", Description = "Instead of the handover's or the group's name" };

    public static Command Make()
    {
        Language.AcceptOnlyFromAmong("en", "pl", "de");
        var command = new Command("evidence", "What became of handovers, with proofs for whoever trusts neither side")
        {
            Handovers, Group, Out, Language, Title, BatonCommand.PasswordFile, VerifyCommand.Make(),
        };
        command.SetAction(Run);
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancel)
    {
        var named = (parsed.GetValue(Handovers) ?? []).Select(RevokeCommand.IdOf).Distinct().ToList();
        if (named.Count == 0 && parsed.GetValue(Group) is null)
        {
            throw new CommandFailedException(ExitCode.Usage, "Evidence of what?", "baton evidence ID… or baton evidence --group GROUP");
        }

        using var kept = FreshFile.Create(parsed.GetRequiredValue(Out), "--out", ".html", ".json");
        using var vault = await OpenVault.OpenGroups(parsed, cancel);
        var shelf = parsed.GetValue(Group) is { } group ? vault.Shelf(group) : null;
        var ids = shelf is null ? named : [.. named.Union(await GatheredEvidence.OfGroup(vault, shelf.Id, cancel))];
        if (ids.Count is 0 or > EvidenceText.HandoversMost)
        {
            throw new CommandFailedException(ExitCode.Usage, ids.Count == 0 ? "Nothing was handed over from this group yet." : $"A file tells of {EvidenceText.HandoversMost} handovers at most.");
        }

        var file = await GatheredEvidence.Compose(vault, ids, parsed.GetRequiredValue(Language), parsed.GetValue(Title) ?? shelf?.Name, cancel);
        var text = EvidenceText.Write(file);
        var verification = EvidenceVerification.Of(Encoding.UTF8.GetBytes(text), vault.Member.LedgerKey);
        if (verification.Steps.FirstOrDefault(step => step.Verdict == Verdict.Failed) is { } failed)
        {
            throw new CommandFailedException(
                ExitCode.Untrusted, $"What the server gave does not hold: step {failed.Number}, {failed.Name}, at {failed.Where}. Nothing was written.",
                "The ledger was changed, or the server is another than it says. Ask who runs it.");
        }

        kept.Write(kept.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? text : Rendering.Render(file, text));
        Tell(kept.Path, verification, parsed.GetValue(BatonCommand.Json));
    }

    private static void Tell(string path, EvidenceVerification verification, bool json)
    {
        if (json)
        {
            Terminal.WriteJson(VerifiedShown.Of(verification, path), Import.CliJson.Shared.VerifiedShown);
            return;
        }

        foreach (var graded in verification.Grades!)
        {
            Terminal.Write(Safe.Line($"{graded.Handover}  {graded.Words}"));
        }

        Terminal.Say("Wrote " + Safe.Text(path));
    }
}
