using Baton.Chaos.Recording;

namespace Baton.Chaos.Checking;

/// <summary>One handover has one reader, who gets exactly what the sender sealed.</summary>
internal static class OneReader
{
    private const string Promise = "one reader";

    public static IEnumerable<Violation> Check(Life life)
    {
        var opened = life.Done("claim").ToList();
        if (opened.Select(claim => claim.By).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            yield return Broken(life, "two readers opened it");
        }

        foreach (var guess in life.Done("guess"))
        {
            yield return Broken(life, $"{guess.By} opened it with a wrong password");
        }

        var sent = life.Of("create").Select(create => create.Content).FirstOrDefault();
        if (opened.Any(claim => claim.Content != sent))
        {
            yield return Broken(life, "a reader got other bytes than the sender sealed");
        }

        var claimed = life.Tells("claimed").ToList();
        if (claimed.Count > 1)
        {
            yield return Broken(life, "it was claimed twice");
        }

        foreach (var entry in claimed)
        {
            var reader = entry.Json.GetProperty("readerKey").GetString();
            if (opened.Any(claim => claim.By != reader))
            {
                yield return Broken(life, "the ledger names another reader than the one who got it");
            }

            if (opened.Any(claim => !claim.Texts.Contains(entry.Text, StringComparer.Ordinal)))
            {
                yield return Broken(life, "the reader was given another claimed entry than the ledger holds");
            }

            if (!life.Of("claim").Any(claim => claim.By == reader && claim.MayHaveHappened))
            {
                yield return Broken(life, "the ledger names a reader who never opened it");
            }
        }

        if (opened.Count > 0 && claimed.Count == 0)
        {
            yield return Broken(life, "it was opened, and the ledger does not know");
        }
    }

    private static Violation Broken(Life life, string what) => new(Promise, life.Handover, what);
}
