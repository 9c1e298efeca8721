using System.CommandLine;
using System.Globalization;
using Baton.Cli.Import;
using Baton.Cli.Output;

namespace Baton.Cli.Vault;

/// <summary>`baton vault import FILE`: shows what would come in, and brings it in with --yes: all of it, or nothing.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string?> Source = new("file") { HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne, Description = "A KeePass database, Bitwarden's JSON or zip, 1pux, CSV, or Baton's sealed backup" };
    private static readonly Option<string?> Into = new("--into") { HelpName = "GROUP", Description = "The group that takes the entries; your personal one when not given" };
    private static readonly Option<string> GroupsAs = new("--groups-as") { DefaultValueFactory = _ => "folders", Description = "What the file's outermost groups become: folders, or groups of their own (for owners and admins)" };
    private static readonly Option<string?> SourcePassword = new("--source-password-file") { HelpName = "FILE", Description = "The file's own password, from the first line of this file; asked for when not given" };
    private static readonly Option<string?> KeyFile = new("--key-file") { HelpName = "FILE", Description = "The KeePass database's key file" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Import; without it this is a preview" };
    private static readonly Option<bool> Undo = new("--undo") { Description = "Take out what an import left that was cut off" };

    public static Command Make()
    {
        GroupsAs.AcceptOnlyFromAmong("folders", "groups");
        var command = new Command("import", "Bring entries in from another program") { Source, Into, GroupsAs, SourcePassword, KeyFile, Yes, Undo, BatonCommand.PasswordFile };
        command.SetAction(Run);
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(Undo))
        {
            await TakeOut(parsed, cancel);
            return;
        }

        var path = parsed.GetValue(Source) ?? throw new CommandFailedException(ExitCode.Usage, "Which file?", "baton vault import FILE");
        if (ImportJournal.Left() is { } left)
        {
            throw new CommandFailedException(
                ExitCode.Refused, $"An import of {left.Source} was cut off and may have left something in the vault.", "baton vault import --undo takes it out; then this can begin.");
        }

        var content = ForeignFile.Read(path, Once(() => Terminal.AskSecret($"Password of {Path.GetFileName(path)}", parsed.GetValue(SourcePassword), "--source-password-file FILE takes its first line.")),
            parsed.GetValue(KeyFile) is { } keyFile ? ForeignFile.BytesOf(keyFile) : null);
        var plan = ImportPlan.Of(content, parsed.GetValue(GroupsAs) == "groups");
        if (plan.Entries == 0)
        {
            throw new CommandFailedException(ExitCode.Input, $"{path} holds no entries.", plan.Lost.Count > 0 ? "It has " + string.Join("; ", plan.Lost) : null);
        }

        if (!parsed.GetValue(Yes))
        {
            Preview(parsed, plan);
            return;
        }

        using var vault = await OpenVault.OpenGroups(parsed, cancel);
        var imported = await Importing.Run(vault, plan, parsed.GetValue(Into), Path.GetFileName(path), cancel);
        if (parsed.GetValue(BatonCommand.Json))
        {
            Terminal.WriteJson(imported, CliJson.Shared.Imported);
            return;
        }

        Terminal.Write(string.Create(
            CultureInfo.InvariantCulture, $"Imported {Count(imported.Entries, "entry", "entries")} and {Count(imported.Files, "file", "files")}{(imported.NewGroups.Count == 0 ? "" : $", into {Count(imported.NewGroups.Count, "new group", "new groups")}")}."));
        Left(plan);
    }

    private static void Preview(ParseResult parsed, ImportPlan plan)
    {
        var into = parsed.GetValue(Into) ?? OpenVault.Personal;
        if (parsed.GetValue(BatonCommand.Json))
        {
            Terminal.WriteJson(
                new ImportPreview(plan.Format, plan.Entries, plan.Files, [.. plan.Places().Select(place => new ImportPlace(place.Group ?? into, place.Folder, place.Entries))], plan.Lost),
                CliJson.Shared.ImportPreview);
            return;
        }

        Terminal.Write($"{plan.Format}: {Count(plan.Entries, "entry", "entries")}, {Count(plan.Files, "file", "files")}");
        Terminal.Write();
        foreach (var (group, folder, entries) in plan.Places())
        {
            Terminal.Write(Safe.Line(string.Create(CultureInfo.InvariantCulture, $"{entries,6}  {group ?? into}{(folder.Length == 0 ? "" : " / " + folder)}")));
        }

        Terminal.Write();
        Left(plan);
        Terminal.Say("Nothing was imported. --yes imports.");
    }

    private static void Left(ImportPlan plan)
    {
        if (plan.Lost.Count > 0)
        {
            Terminal.Write("Stays behind:");
            foreach (var lost in plan.Lost)
            {
                Terminal.Write(Safe.Line("  " + lost));
            }
        }
    }

    private static async Task TakeOut(ParseResult parsed, CancellationToken cancel)
    {
        var left = ImportJournal.Left() ?? throw new CommandFailedException(ExitCode.Refused, "No import was cut off here.");
        using var vault = await OpenVault.OpenGroups(parsed, cancel);
        var binned = await ImportUndo.Run(vault, left, cancel);
        Terminal.Write($"What the import of {Safe.Line(left.Source)} had brought is out again.{ImportUndo.Words(binned)}");
    }

    private static Func<string> Once(Func<string> ask)
    {
        string? answer = null;
        return () => answer ??= ask();
    }

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}

internal sealed record ImportPreview(string Format, int Entries, int Files, IReadOnlyList<ImportPlace> Places, IReadOnlyList<string> StaysBehind);

internal sealed record ImportPlace(string Group, string Folder, int Entries);

/// <param name="NewGroups">Ids of the groups that were made.</param>
internal sealed record Imported(int Entries, int Files, IReadOnlyList<string> NewGroups, IReadOnlyList<string> StaysBehind);
