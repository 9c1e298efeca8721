using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;

namespace Baton.Client.Vault;

/// <summary>What people call a group, sealed under its history key. spec/vault.md §1.</summary>
public sealed record GroupDetails(int V, string Name, string Icon, string Colour)
{
    /// <summary>Seals them for this place and revision, which counts from 1 and goes on through rotations.</summary>
    public byte[] Close(byte[] historyKey, GroupVersion group, long revision) =>
        Seal.Close(historyKey, SealPurpose.Group, Place(group, revision), JsonSerializer.SerializeToUtf8Bytes(this, VaultJson.Shared.GroupDetails));

    /// <summary>Opens sealed details; false whatever the reason.</summary>
    public static bool TryOpen(byte[] historyKey, GroupVersion group, long revision, byte[] sealedDetails, [NotNullWhen(true)] out GroupDetails? details)
    {
        details = null;
        if (!Seal.TryOpen(historyKey, SealPurpose.Group, Place(group, revision), sealedDetails, out var text))
        {
            return false;
        }

        try
        {
            details = JsonSerializer.Deserialize(text, VaultJson.Shared.GroupDetails);
        }
        catch (JsonException)
        {
            // Stays null: sealed by a member, but no details.
        }

        details = details is { V: 1 } ? details : null;
        return details is not null;
    }

    internal static byte[] Place(GroupVersion group, long revision) => Fields.Join(
        group.Organization.ToBytes(), group.Group.ToBytes(), Fields.Number((uint)group.Version), Fields.Number((ulong)revision));
}
