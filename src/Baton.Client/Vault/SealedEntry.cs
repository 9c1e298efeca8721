using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Encoding;

namespace Baton.Client.Vault;

/// <summary>Where an entry lies: it opens there only, under this revision only.</summary>
public readonly record struct EntryPlace(GroupVersion Group, Id Entry, long Revision)
{
    internal byte[] ToBytes() => Fields.Join(
        Group.Organization.ToBytes(), Group.Group.ToBytes(), Fields.Number((uint)Group.Version), Entry.ToBytes(), Fields.Number((ulong)Revision));
}

/// <summary>Entries under their group's key, padded. spec/vault.md §2.</summary>
public static class SealedEntry
{
    /// <summary>Largest sealed entry, bytes.</summary>
    public const int MaxSize = 262_144;

    /// <summary>Seals an entry; false when it is more than one entry holds.</summary>
    public static bool TryClose(byte[] groupKey, EntryPlace place, VaultEntry entry, [NotNullWhen(true)] out byte[]? sealedEntry)
    {
        var text = entry.ToText();
        sealedEntry = null;
        if (Seal.Overhead + Padding.SizeOf(text.Length) <= MaxSize)
        {
            var padded = Padding.Add(text);
            sealedEntry = Seal.Close(groupKey, SealPurpose.Entry, place.ToBytes(), padded);
            CryptographicOperations.ZeroMemory(padded);
        }

        CryptographicOperations.ZeroMemory(text);
        return sealedEntry is not null;
    }

    /// <summary>Opens an entry; false whatever the reason.</summary>
    public static bool TryOpen(byte[] groupKey, EntryPlace place, byte[] sealedEntry, [NotNullWhen(true)] out VaultEntry? entry)
    {
        entry = null;
        if (sealedEntry.Length > MaxSize || !Seal.TryOpen(groupKey, SealPurpose.Entry, place.ToBytes(), sealedEntry, out var padded))
        {
            return false;
        }

        var opened = Padding.TryRemove(padded, out var text) && VaultEntry.TryParse(text, out entry);
        CryptographicOperations.ZeroMemory(text);
        CryptographicOperations.ZeroMemory(padded);
        return opened;
    }
}
