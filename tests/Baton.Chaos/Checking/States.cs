namespace Baton.Chaos.Checking;

/// <summary>The entries of a handover follow the arrows of spec/handover.md §4, its row stands where they end, and time ended nothing early.</summary>
internal static class States
{
    private const string Promise = "states";
    private const long ReadWindow = 300_000;

    public static IEnumerable<Violation> Check(Life life)
    {
        if (life.Found is null)
        {
            yield break;
        }

        var state = "";
        long expires = 0, claimed = 0;
        foreach (var entry in life.Entries)
        {
            if (After(state, entry.Kind) is not { } next)
            {
                yield return Broken(life, $"{entry.Kind} after {(state.Length == 0 ? "nothing" : state)}");
                yield break;
            }

            state = next;
            (expires, claimed) = entry.Kind switch
            {
                "created" or "extended" => (entry.Json.GetProperty("expires").GetInt64(), claimed),
                "claimed" => (expires, entry.Time),
                _ => (expires, claimed),
            };
            if ((entry.Kind == "expired" && entry.Time < expires) || (entry.Kind == "undisplayed" && entry.Time < claimed + ReadWindow))
            {
                yield return Broken(life, $"{entry.Kind} before its time");
            }
        }

        if (state != life.Found.State)
        {
            yield return Broken(life, $"the ledger says {state}, the row {life.Found.State}");
        }
    }

    /// <summary>Null: there is no such arrow. Void is the end of a share that was lost, and no fault may lose one.</summary>
    private static string? After(string state, string entry) => (state, entry) switch
    {
        ("", "created") => "waiting",
        ("waiting", "extended" or "guess-failed") => "waiting",
        ("waiting", "claimed" or "locked" or "expired" or "revoked") => entry,
        ("claimed", "displayed" or "undisplayed" or "revoked") => entry,
        ("undisplayed", "displayed") => entry,
        ("displayed" or "confirmed", "confirmed") => "confirmed",
        _ => null,
    };

    private static Violation Broken(Life life, string what) => new(Promise, life.Handover, what);
}
