using System.CommandLine;
using System.Globalization;
using System.Text;
using Baton.Cli.Export;
using Baton.Cli.Import;
using Baton.Cli.Import.Kdbx;
using Baton.Cli.Output;

namespace Baton.Cli.Vault;

/// <summary>`baton vault export PATH`: everything, or some groups, in one new file that only its owner may read.</summary>
internal static class ExportCommand
{
    private const int LeastPassword = 12;

    private static readonly Argument<string> Target = new("path") { HelpName = "PATH", Description = "A new file: .kdbx for KeePass, .csv with --plain, any other ending for Baton's sealed backup" };
    private static readonly Option<string[]> Groups = new("--group") { HelpName = "GROUP", Description = "Only this group; may be repeated" };
    private static readonly Option<bool> Plain = new("--plain") { Description = "Yes, write every secret in the clear (.csv)" };
    private static readonly Option<string?> ExportPassword = new("--export-password-file") { HelpName = "FILE", Description = "The file's own password, from the first line of this file; asked for when not given" };

    public static Command Make()
    {
        var command = new Command("export", "Write entries to a file: a sealed backup, KeePass, or CSV") { Target, Groups, Plain, ExportPassword, BatonCommand.PasswordFile };
        command.SetAction(Run);
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancel)
    {
        var path = parsed.GetRequiredValue(Target);
        var format = FormatOf(path);
        if (format == Format.Csv && !parsed.GetValue(Plain))
        {
            throw new CommandFailedException(
                ExitCode.Usage, "A CSV holds every password in the clear, for whoever gets at the file.", "--plain writes it all the same; .kdbx and the sealed backup have a password.");
        }

        if (File.Exists(path))
        {
            throw new CommandFailedException(ExitCode.Input, $"{path} is there already, and a file is never overwritten.");
        }

        var password = format == Format.Csv ? "" : PasswordFor(path, parsed.GetValue(ExportPassword));
        using var vault = await OpenVault.Open(parsed, null, cancel);
        var shelves = parsed.GetValue(Groups) is { Length: > 0 } names ? names.Select(vault.Shelf).Distinct().ToList() : vault.Shelves;
        var portables = await Portables(vault, shelves, format != Format.Csv, cancel);
        var entries = portables.SelectMany(group => group.Entries).ToList();
        var files = vault.Items.Where(item => shelves.Contains(item.Shelf) && !item.IsBinned).Sum(item => item.Entry.Files?.Count ?? 0);
        var bytes = format switch
        {
            Format.Kdbx => KdbxWriter.Write(vault.Unlocked.Session.Organization.Name, entries, password, TimeProvider.System),
            Format.Csv => Encoding.UTF8.GetBytes(CsvFile.Write(entries)),
            _ => Encoding.UTF8.GetBytes(SealedBackup.Write(vault.Unlocked.Session.Organization.Name, portables, password, TimeProvider.System)),
        };
        NewFile.Write(path, bytes);
        Show(parsed, new Exported(path, format.ToString().ToLowerInvariant(), entries.Count, entries.Sum(entry => entry.Files?.Count ?? 0), format == Format.Csv ? CsvFile.Lost(entries, files) : []));
    }

    private static async Task<IReadOnlyList<PortableGroup>> Portables(OpenVault vault, IReadOnlyList<Shelf> shelves, bool withFiles, CancellationToken cancel)
    {
        var groups = new List<PortableGroup>();
        using var progress = new Progress("files", vault.Items.Where(item => shelves.Contains(item.Shelf)).Sum(item => item.Entry.Files?.Count ?? 0));
        foreach (var shelf in shelves)
        {
            var entries = new List<PortableEntry>();
            foreach (var item in vault.Items.Where(item => item.Shelf == shelf && !item.IsBinned))
            {
                var files = new List<PortableFile>();
                foreach (var file in withFiles ? item.Entry.Files ?? [] : [])
                {
                    files.Add(new PortableFile(file.Name, (await vault.Entries.Fetch(file, cancel)).OrFail()));
                    progress.Add(1);
                }

                entries.Add(item.Entry.ToPortable(shelf.Name, files));
            }

            groups.Add(new PortableGroup(shelf.Name, shelf.Access.Details?.Icon ?? "user", shelf.Access.Details?.Colour ?? "teal", entries));
        }

        return groups;
    }

    private static void Show(ParseResult parsed, Exported exported)
    {
        if (parsed.GetValue(BatonCommand.Json))
        {
            Terminal.WriteJson(exported, CliJson.Shared.Exported);
            return;
        }

        Terminal.Write(string.Create(
            CultureInfo.InvariantCulture, $"Wrote {exported.Entries} {(exported.Entries == 1 ? "entry" : "entries")} and {exported.Files} {(exported.Files == 1 ? "file" : "files")} to {Safe.Line(exported.Path)}"));
        foreach (var lost in exported.StaysBehind)
        {
            Terminal.Say("Stays behind: " + lost);
        }
    }

    private static string PasswordFor(string path, string? file)
    {
        var password = Terminal.AskSecret($"A password for {Path.GetFileName(path)}, at least {LeastPassword} characters", file, "--export-password-file FILE takes its first line.");
        if (password.Length < LeastPassword)
        {
            throw new CommandFailedException(ExitCode.Usage, $"Whoever gets the file can try passwords without end: at least {LeastPassword} characters.", "Four or more random words are easy to keep in mind.");
        }

        return file is not null || Terminal.AskSecret("The same again", null, "") == password ? password : throw new CommandFailedException(ExitCode.Usage, "The two are not the same.");
    }

    private static Format FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch { ".kdbx" => Format.Kdbx, ".csv" => Format.Csv, _ => Format.Backup };

    private enum Format
    {
        Backup,
        Kdbx,
        Csv,
    }
}

/// <param name="StaysBehind">What such a file can't hold.</param>
internal sealed record Exported(string Path, string Format, int Entries, int Files, IReadOnlyList<string> StaysBehind);
