using System.CommandLine;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Protocol;

namespace Baton.Cli.Vault;

/// <summary>`baton vault groups`: the member's groups and its right on each; `groups add NAME` makes one.</summary>
internal static class GroupsCommand
{
    private static readonly Argument<string> Name = new("name") { HelpName = "NAME" };

    public static Command Make()
    {
        var add = new Command("add", "Make a group, for owners and admins") { Name, BatonCommand.PasswordFile };
        add.SetAction(async (parsed, cancel) =>
        {
            using var vault = await OpenVault.OpenGroups(parsed, cancel);
            var name = EntryType.Clean(parsed.GetRequiredValue(Name)).ReplaceLineEndings(" ").Trim();
            if (name.Length == 0)
            {
                throw new CommandFailedException(ExitCode.Usage, "A group has a name.");
            }

            var id = (await NewGroup.Make(vault, NewGroup.Begin(vault, name), cancel)).Id;
            if (!parsed.GetValue(BatonCommand.Json))
            {
                Terminal.Write(Safe.Line($"Made the group {name}: {id}"));
            }
            else
            {
                Terminal.WriteJson(new GroupShown(id.ToString(), name, Right.Manage.Word(), "active", false), CliJson.Shared.GroupShown);
            }
        });
        var command = new Command("groups", "List your groups") { add, BatonCommand.PasswordFile };
        command.SetAction(async (parsed, cancel) =>
        {
            using var vault = await OpenVault.OpenGroups(parsed, cancel);
            var groups = vault.Shelves.Select(shelf => new GroupShown(shelf.Id.ToString(), shelf.Name, shelf.Access.Right.Word(), shelf.Access.Sent.State, shelf.Access.Sent.RotationDue)).ToList();
            if (parsed.GetValue(BatonCommand.Json))
            {
                Terminal.WriteJson(groups, CliJson.Shared.IReadOnlyListGroupShown);
                return;
            }

            Terminal.Write($"{"ID",-22} {"RIGHT",-8} NAME");
            foreach (var group in groups)
            {
                Terminal.Write(Safe.Line($"{group.Group,-22} {group.Right,-8} {group.Name}{(group.State == "active" ? "" : $" ({group.State})")}{(group.RotationDue ? " (waits for a new key)" : "")}"));
            }
        });
        return command;
    }
}

/// <param name="RotationDue">Somebody left: it is written again after an owner or admin made a new key.</param>
internal sealed record GroupShown(string Group, string Name, string Right, string State, bool RotationDue);
