using Baton.Chaos.Recording;

namespace Baton.Chaos.Checking;

/// <summary>What was acknowledged is there, word for word; what nobody did is not.</summary>
internal static class Kept
{
    private const string Promise = "acknowledged = kept";

    /// <summary>What clients do, and the entry that tells of it.</summary>
    private static readonly (string Kind, string Entry)[] Acts =
        [("displayed", "displayed"), ("revoke", "revoked"), ("extend", "extended"), ("receipt", "confirmed")];

    public static IEnumerable<Violation> Check(Life life)
    {
        var created = life.Done("create").ToList();
        if (life.Found is null)
        {
            return created.Count == 0 ? [] : [Broken(life, "it was created, and is lost")];
        }

        return [.. Unasked(life), .. created.SelectMany(create => Lost(life, create)), .. Acts.SelectMany(act => Uncounted(life, act.Kind, act.Entry)), .. Receipts(life)];
    }

    private static IEnumerable<Violation> Unasked(Life life)
    {
        if (!life.Of("create").Any(create => create.MayHaveHappened))
        {
            yield return Broken(life, "it is there, and nobody created it");
        }
    }

    private static IEnumerable<Violation> Lost(Life life, Operation create)
    {
        if (create.Texts.Any(text => !life.Entries.Any(entry => entry.Text == text)))
        {
            yield return Broken(life, "the created entry is not the one that was answered");
        }
    }

    private static IEnumerable<Violation> Uncounted(Life life, string kind, string entry)
    {
        var (least, most) = life.Count(kind);
        var told = life.Tells(entry).Count();

        // Who says displayed or revoke again hears that it is done; each extension is one of its own.
        var needed = kind is "extend" ? least : Math.Min(least, 1);
        if (told < needed)
        {
            yield return Broken(life, $"{kind} was acknowledged {least} times and {entry} stands {told} times in the ledger");
        }

        if (told > most)
        {
            yield return Broken(life, $"{entry} stands {told} times in the ledger and was asked for {most} times");
        }
    }

    private static IEnumerable<Violation> Receipts(Life life) =>
        life.Done("receipt").SelectMany(receipt => receipt.Texts).Where(text => text.StartsWith('{') && !life.Entries.Any(entry => entry.Text == text))
            .Select(_ => Broken(life, "the confirmed entry is not the one that was answered"));

    private static Violation Broken(Life life, string what) => new(Promise, life.Handover, what);
}
