using System.CommandLine;

namespace Baton.Cli.Vault;

/// <summary>`baton vault`: the team's logins. One verb per file.</summary>
internal static class VaultCommand
{
    public static Command Make() => new("vault", "The logins that your organization keeps")
    {
        LsCommand.Make(),
        GetCommand.Make(),
        AddCommand.Make(),
        EditCommand.Make(),
        RmCommand.Make(),
        MvCommand.Make(),
        GroupsCommand.Make(),
        ImportCommand.Make(),
        ExportCommand.Make(),
    };

    /// <summary>Taken by verbs that name entries: a title need not be the only one of its kind.</summary>
    public static Option<string?> Group() => new("--group") { HelpName = "GROUP", Description = "Only in this group: its name or id; personal is your own" };

    public static Argument<string> Entry() => new("entry") { HelpName = "ENTRY", Description = "Its title or id, as ls shows them" };

    public static Argument<string[]> Entries() => new("entry") { HelpName = "ENTRY", Arity = ArgumentArity.OneOrMore, Description = "Titles or ids, as ls shows them" };
}
