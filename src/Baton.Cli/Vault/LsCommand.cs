using System.CommandLine;
using Baton.Cli.Import;
using Baton.Cli.Output;

namespace Baton.Cli.Vault;

/// <summary>`baton vault ls [WORD…]`: entries, without their secrets.</summary>
internal static class LsCommand
{
    private static readonly Argument<string[]> Words = new("word") { HelpName = "WORD", Arity = ArgumentArity.ZeroOrMore, Description = "Found in titles, user names, addresses, notes, folders, tags" };
    private static readonly Option<string?> Group = VaultCommand.Group();
    private static readonly Option<string?> Folder = new("--folder") { HelpName = "A/B", Description = "Only in this folder and those inside" };
    private static readonly Option<string?> Tag = new("--tag") { HelpName = "TAG", Description = "Only with this tag" };
    private static readonly Option<string?> Type = new("--type") { HelpName = "TYPE", Description = "Only of this type: " + string.Join(", ", EntryOptions.Types) };
    private static readonly Option<bool> Bin = new("--bin") { Description = "What lies in the bin" };

    public static Command Make()
    {
        Type.AcceptOnlyFromAmong(EntryOptions.Types);
        var command = new Command("ls", "List entries") { Words, Group, Folder, Tag, Type, Bin, BatonCommand.PasswordFile };
        command.SetAction(async (parsed, cancel) =>
        {
            using var vault = await OpenVault.Open(parsed, parsed.GetValue(Group), cancel);
            var search = new Search(parsed.GetValue(Words) ?? [], parsed.GetValue(Folder), parsed.GetValue(Tag), parsed.GetValue(Type), parsed.GetValue(Bin));
            var found = vault.Items.Where(search.Takes)
                .OrderBy(item => item.Shelf.Name, StringComparer.OrdinalIgnoreCase).ThenBy(item => item.Folder, StringComparer.OrdinalIgnoreCase)
                .ThenBy(item => item.Entry.Title, StringComparer.OrdinalIgnoreCase).ToList();
            if (parsed.GetValue(BatonCommand.Json))
            {
                Terminal.WriteJson([.. found.Select(item => ItemShown.Of(item, reveal: false))], CliJson.Shared.IReadOnlyListItemShown);
                return;
            }

            Show(found);
        });
        return command;
    }

    private static void Show(List<Item> found)
    {
        if (found.Count == 0)
        {
            Terminal.Say("Nothing found.");
            return;
        }

        var place = Math.Clamp(found.Max(item => item.Place.Length), 5, 40);
        var title = Math.Clamp(found.Max(item => item.Entry.Title.Length), 5, 40);
        Terminal.Write($"{"ID",-22} {"GROUP".PadRight(place)} {"TITLE".PadRight(title)} USERNAME");
        foreach (var item in found)
        {
            Terminal.Write(Safe.Line($"{item.Id,-22} {item.Place.PadRight(place)} {item.Entry.Title.PadRight(title)} {item.Entry.Username}").TrimEnd());
        }
    }
}
