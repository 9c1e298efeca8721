using Baton.Client.Keys;
using Baton.Client.Vault;
using Baton.Protocol;

namespace Baton.Cli.Vault;

/// <summary>A group as the member at this terminal sees it.</summary>
internal sealed record Shelf(GroupAccess Access)
{
    public string Name => Access.Details?.Name ?? OpenVault.Personal;

    public Id Id => Access.Group;

    /// <summary>Says why nothing can be written here, where nothing can.</summary>
    public void CheckWritable()
    {
        if (!Access.Writable)
        {
            throw new CommandFailedException(ExitCode.Refused, Output.Safe.Text(Access switch
            {
                { Right: < Right.Edit } => $"Your right on {Name} does not allow changes.",
                { Stands: false } => $"{Name} waits for a new key: an owner or admin has to unlock first.",
                _ => $"{Name} is archived.",
            }));
        }
    }
}

/// <summary>An entry of the vault, open, and where it lies.</summary>
internal sealed record Item(Shelf Shelf, StoredEntry Stored)
{
    public Id Id => Stored.Id;

    public long Revision => Stored.Revision;

    public VaultEntry Entry => Stored.Entry;

    public long? BinnedAt => Stored.BinnedAt;

    public bool IsBinned => BinnedAt is not null;

    public string Folder => string.Join('/', Entry.Folder ?? []);

    /// <summary>Group and folder.</summary>
    public string Place => Folder.Length == 0 ? Shelf.Name : $"{Shelf.Name}/{Folder}";
}
