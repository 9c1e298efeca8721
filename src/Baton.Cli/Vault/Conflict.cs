using Baton.Cli.Output;
using Baton.Client.Sealing;
using Baton.Client.Vault;

namespace Baton.Cli.Vault;

/// <summary>Somebody was faster: what differs, field by field, and nothing is written. spec/vault.md §3.</summary>
internal static class Conflict
{
    /// <summary>Of an edit that was made from an earlier revision.</summary>
    public static async Task<CommandFailedException> Told(OpenVault vault, Item now, long known, CancellationToken cancel)
    {
        var before = await vault.Revision(now, known, cancel)
            ?? throw new CommandFailedException(ExitCode.Usage, Safe.Text($"{now.Entry.Title} has no revision {known}."), $"The newest is {now.Revision}.");
        return Told(now, before);
    }

    /// <summary>Of what an edit was made from and what is there now.</summary>
    public static CommandFailedException Told(Item now, VaultEntry before)
    {
        foreach (var line in Differences(before, now.Entry))
        {
            Terminal.Say(Safe.Line("  " + line));
        }

        return new CommandFailedException(
            ExitCode.Refused, Safe.Text($"{now.Entry.Title} was changed meanwhile, and is revision {now.Revision} now. Nothing of yours was saved."),
            "Above is what changed. Run the command again to put your change on top of it.");
    }

    /// <summary>A line for each field that differs; of a secret only that it does.</summary>
    public static IEnumerable<string> Differences(VaultEntry before, VaultEntry after)
    {
        List<(string Name, string? Before, string? After, bool Secret)> fields =
        [
            ("title", before.Title, after.Title, false), ("type", before.Type, after.Type, false), ("url", before.Url, after.Url, false),
            ("username", before.Username, after.Username, false), ("password", before.Password, after.Password, true), ("totp", before.Totp, after.Totp, true),
            ("notes", before.Notes, after.Notes, false), ("folder", Joined(before.Folder), Joined(after.Folder), false), ("tags", Joined(before.Tags), Joined(after.Tags), false),
            ("expires", Date(before.Expires), Date(after.Expires), false), ("rotate by", Date(before.RotateBy), Date(after.RotateBy), false),
            ("files", Joined(before.Files?.Select(file => file.Name)), Joined(after.Files?.Select(file => file.Name)), false),
            .. (before.Fields ?? []).Concat(after.Fields ?? []).Select(field => field.Name).Distinct(StringComparer.Ordinal).Select(name => Own(name, before, after)),
        ];
        return fields.Where(field => field.Before != field.After).Select(field => field.Secret
            ? $"{field.Name,-10} {(field.Before is null ? "is new" : field.After is null ? "was cleared" : "is another")}"
            : $"{field.Name,-10} {field.Before ?? "–"} → {field.After ?? "–"}");
    }

    private static (string Name, string? Before, string? After, bool Secret) Own(string name, VaultEntry before, VaultEntry after)
    {
        var (first, second) = (Find(before), Find(after));
        return (name, first?.Value, second?.Value, (first is not null && Search.IsSecret(first)) || (second is not null && Search.IsSecret(second)));

        EntryField? Find(VaultEntry entry) => entry.Fields?.FirstOrDefault(field => field.Name == name);
    }

    private static string? Joined(IEnumerable<string>? names) => names is null ? null : string.Join(" / ", names);

    private static string? Date(long? time) => time is { } set ? Times.Local(set) : null;
}
