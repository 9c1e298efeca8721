namespace Baton.Server.Features.Handovers;

/// <summary>The numbers of spec/handover.md §2 to §5. Times in milliseconds unless the name says seconds.</summary>
internal static class HandoverRules
{
    public const int SealedMax = 1_048_576;
    public const int DetailsMax = 262_144;
    public const int PersonalMax = 4_096;
    public const int ReplyMax = 65_536;
    public const int ItemsMax = 500;
    public const int FilesMax = 100;
    public const int ReceiptsMax = 100;

    public const long LifeMinSeconds = 300;
    public const long LifeMaxSeconds = 2_592_000;

    public const int Guesses = 10;

    /// <summary>A draft waits this long for its files.</summary>
    public const long DraftLife = 3_600_000;

    /// <summary>And its bytes this much longer, so that a commit that came just in time never loses them to the sweep.</summary>
    public const long DraftGrace = 60_000;

    /// <summary>The reader may repeat the claim and read files this long after the claim, and after each file read.</summary>
    public const long ReadWindow = 300_000;

    /// <summary>The read window never reaches further than this from the claim.</summary>
    public const long ReadWindowMax = 1_800_000;

    /// <summary>displayed and receipt are accepted this long after the claim.</summary>
    public const long AnswerWindow = 86_400_000;
}

/// <summary>Flags of a handover. spec/handover.md §2.</summary>
internal static class HandoverFlags
{
    public const byte Password = 0x01;
    public const byte Files = 0x02;
}

/// <summary>The states of spec/handover.md §4, as the column and the wire have them.</summary>
internal static class HandoverState
{
    public const string Draft = "draft";
    public const string Waiting = "waiting";
    public const string Claimed = "claimed";
    public const string Displayed = "displayed";
    public const string Undisplayed = "undisplayed";
    public const string Confirmed = "confirmed";
    public const string Expired = "expired";
    public const string Revoked = "revoked";
    public const string Locked = "locked";
    public const string Void = "void";
}
