namespace Baton.Protocol.Encoding;

// Every name that enters a key, a seal, a signature or a commitment. spec/keys.md holds the same tables; a test compares them.

/// <summary>Purposes of <c>derive</c>. spec/keys.md §1.</summary>
public static class DerivePurpose
{
    public const string PasswordSalt = "password salt";
    public const string Locator = "locator";
    public const string Claim = "claim";
    public const string Content = "content";
    public const string File = "file";
    public const string Displayed = "displayed";
    public const string ReplyKey = "reply key";
    public const string SignIn = "sign in";
    public const string Wrap = "wrap";
    public const string RecoveryAuth = "recovery auth";
    public const string RecoveryWrap = "recovery wrap";
    public const string History = "history";
    public const string InviteAuth = "invite auth";
    public const string InviteMac = "invite mac";

    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<string> All { get; } =
        [PasswordSalt, Locator, Claim, Content, File, Displayed, ReplyKey, SignIn, Wrap, RecoveryAuth, RecoveryWrap, History, InviteAuth, InviteMac];
}

/// <summary>Purposes of <c>seal</c>. spec/keys.md §2.</summary>
public static class SealPurpose
{
    public const string MemberKeys = "member keys";
    public const string Details = "details";
    public const string Personal = "personal";
    public const string Reply = "reply";
    public const string Draft = "draft";
    public const string Group = "group";
    public const string Entry = "entry";
    public const string PreviousKey = "previous key";
    public const string PreviousHistory = "previous history";
    public const string Invitation = "invitation";
    public const string Backup = "backup";

    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<string> All { get; } = [MemberKeys, Details, Personal, Reply, Draft, Group, Entry, PreviousKey, PreviousHistory, Invitation, Backup];
}

/// <summary>Purposes of <c>sign</c>. spec/keys.md §3.</summary>
public static class SignPurpose
{
    public const string Card = "card";
    public const string Grant = "grant";
    public const string Created = "created";
    public const string Policy = "policy";
    public const string Receipt = "receipt";
    public const string Evidence = "evidence";

    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<string> All { get; } = [Card, Grant, Created, Policy, Receipt, Evidence];
}

/// <summary>Purposes of HPKE's info. spec/keys.md §6.</summary>
public static class HpkePurpose
{
    public const string GroupKey = "group key";
    public const string HistoryKey = "history key";
}

/// <summary>Purposes of the MACs of an invitation. spec/keys.md §9.</summary>
public static class MacPurpose
{
    public const string InviteFrom = "invite from";
    public const string InviteTo = "invite to";
}

/// <summary>Labels of <c>commit</c>. spec/keys.md §7.</summary>
public static class CommitmentLabel
{
    public const string Recipient = "recipient";
    public const string Item = "item";
    public const string Address = "address";

    /// <summary>In the order of the table.</summary>
    public static IReadOnlyList<string> All { get; } = [Recipient, Item, Address];
}

/// <summary>Text that says what the bytes after it are for: <c>"baton/1/" || purpose || 0x00 || fields</c>. spec/keys.md §1 and §3.</summary>
public static class Labelled
{
    private static ReadOnlySpan<byte> Prefix => "baton/1/"u8;

    /// <summary>The labelled fields. Fields have fixed lengths or stand last.</summary>
    public static byte[] Text(string purpose, params ReadOnlySpan<byte[]> fields)
    {
        var text = new ByteWriter(Prefix.Length + purpose.Length + 1);
        text.Write(Prefix);
        text.Write(System.Text.Encoding.ASCII.GetBytes(purpose));
        text.Write([0]);
        foreach (var field in fields)
        {
            text.Write(field);
        }

        return text.ToArray();
    }
}
