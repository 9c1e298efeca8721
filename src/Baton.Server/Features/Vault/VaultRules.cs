using Baton.Protocol.Encoding;

namespace Baton.Server.Features.Vault;

/// <summary>The numbers of spec/vault.md. Times in milliseconds.</summary>
internal static class VaultRules
{
    /// <summary>What seal() adds: spec/keys.md §2.</summary>
    public const int SealOverhead = 48;

    public const int EntryMax = 262_144;

    /// <summary>Sealed name, icon and colour of a group.</summary>
    public const int DetailsMax = 4_096;

    public const int ChangesMax = 200;

    /// <summary>Body of a request with changes; its entries may each be as large as an entry may be, but not all of them.</summary>
    public const int ChangesBody = 4 * 1024 * 1024;

    /// <summary>Grants of a rotation: some 500 bytes each.</summary>
    public const int GrantsBody = 1024 * 1024;

    public const int GrantsMax = 2_000;

    /// <summary>Attachments that one entry's text refers to.</summary>
    public const int FilesMax = 100;

    public const int PageMax = 1_000;

    /// <summary>A page of entries or revisions ends after this much of sealed content.</summary>
    public const int PageBytes = 4 * 1024 * 1024;

    public const long BinLife = 30L * 24 * 3_600_000;

    /// <summary>An attachment that no kept revision refers to lives this long.</summary>
    public const long LooseLife = 24L * 3_600_000;

    /// <summary>A sealed key of 32 bytes.</summary>
    public const int SealedKey = SealOverhead + 32;

    public static bool IsDetails(byte[] details) => details.Length is > SealOverhead and <= DetailsMax;

    public static bool IsEntry(byte[] sealedEntry) =>
        sealedEntry.Length is >= SealOverhead + 4 and <= EntryMax && Padme.Size(sealedEntry.Length - SealOverhead) == sealedEntry.Length - SealOverhead;
}

/// <summary>The states of spec/vault.md §1, as the column and the wire have them.</summary>
internal static class GroupState
{
    public const string Active = "active";
    public const string Archived = "archived";
    public const string Deleted = "deleted";
}
