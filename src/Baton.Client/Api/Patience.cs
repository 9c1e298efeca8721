namespace Baton.Client.Api;

/// <summary>How long the same bytes are sent again while nobody answers.</summary>
/// <param name="Pauses">Before the second try, the third, and so on.</param>
/// <param name="OutlastsBusy">Whether "too many requests" and faults of server and proxy are waited out, too.</param>
internal sealed record Patience(IReadOnlyList<TimeSpan> Pauses, bool OutlastsBusy)
{
    /// <summary>Once.</summary>
    public static readonly Patience None = new([], false);

    /// <summary>A few seconds: a person waits, and may ask again.</summary>
    public static readonly Patience Short = new([TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)], false);

    /// <summary>
    /// As long as the read window, five minutes: whoever has claimed may ask again, but nobody else, not even the same person
    /// in a new process. Giving up sooner would lose what was claimed. spec/handover.md §4.
    /// </summary>
    public static readonly Patience Reader = new([.. Short.Pauses, .. Enumerable.Repeat(TimeSpan.FromSeconds(5), 59)], true);

    /// <summary>Half a minute, for what the reader says afterwards: everything is here already, and the server hears it for a day.</summary>
    public static readonly Patience Telling = new([.. Short.Pauses, .. Enumerable.Repeat(TimeSpan.FromSeconds(5), 6)], true);
}
