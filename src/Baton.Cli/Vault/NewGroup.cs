using Baton.Client.Keys;
using Baton.Client.Vault;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Cli.Vault;

/// <summary>A group that an owner or admin makes: its key, its name sealed under it, and the maker's own grant. spec/keys.md §6.</summary>
internal static class NewGroup
{
    /// <summary>What is sent; it has the group's id already.</summary>
    public static CreateGroup Begin(OpenVault vault, string name) =>
        GroupKeys.Begin(vault.Unlocked, new GroupDetails(1, name, "folder", "teal"), [new Holder(vault.Unlocked.Card, Right.Manage)]);

    /// <summary>Makes it, and checks that it is the one that was asked for.</summary>
    public static async Task<Shelf> Make(OpenVault vault, CreateGroup request, CancellationToken cancel)
    {
        var made = (await vault.Api.CreateGroup(request, cancel)).OrFail();
        var member = vault.Unlocked;
        return GroupAccess.Open(made, member.Roster, member.Card, member.Keys, 1, out var access) == UnlockFault.None && access!.Group == request.Group
            ? new Shelf(access)
            : throw new CommandFailedException(ExitCode.Untrusted, "The server made another group than was asked for.", "Tell your organization's owner.");
    }
}
