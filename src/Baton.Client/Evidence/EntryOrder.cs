namespace Baton.Client.Evidence;

/// <summary>Step 11, its first half: the entries of a handover come in an order that spec/handover.md §4 allows.</summary>
internal static class EntryOrder
{
    /// <summary>From a state by an entry's kind to the next.</summary>
    private static readonly Dictionary<(string State, string Kind), string> Arrows = new()
    {
        [("draft", "created")] = "waiting",
        [("waiting", "guess-failed")] = "waiting",
        [("waiting", "extended")] = "waiting",
        [("waiting", "locked")] = "ended",
        [("waiting", "expired")] = "ended",
        [("waiting", "revoked")] = "ended",
        [("waiting", "void")] = "ended",
        [("waiting", "claimed")] = "claimed",
        [("claimed", "displayed")] = "displayed",
        [("claimed", "undisplayed")] = "undisplayed",
        [("claimed", "revoked")] = "ended",
        [("claimed", "void")] = "ended",
        [("undisplayed", "displayed")] = "displayed",
        [("displayed", "confirmed")] = "displayed",
    };

    /// <summary>They change no state.</summary>
    private static readonly string[] Beside = ["re-issued", "follow-up", "reported", "erased"];

    public static Finding Of(HandoverReading handover)
    {
        var (state, seq) = ("draft", 0L);
        foreach (var (_, where, members) in handover.Entries)
        {
            var kind = members?.Kind ?? "";
            if (Beside.Contains(kind, StringComparer.Ordinal) && state != "draft")
            {
                continue;
            }

            var given = kind == "confirmed" ? members!.Number("seq") : seq;
            if (!Arrows.TryGetValue((state, kind), out var next) || (kind == "confirmed" && given <= seq))
            {
                return Finding.Failed(where);
            }

            (state, seq) = (next, given);
        }

        return Finding.Ok;
    }
}
