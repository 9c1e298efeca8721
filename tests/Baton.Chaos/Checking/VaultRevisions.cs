using Baton.Chaos.Recording;

namespace Baton.Chaos.Checking;

/// <summary>An acknowledged save is the revision after its base, of two from one base one is refused, and nothing else is there.</summary>
internal static class VaultRevisions
{
    private const string Promise = "vault";

    public static IEnumerable<Violation> Check(History history)
    {
        var saves = history.Operations.Where(operation => operation.Kind == "save").ToLookup(save => save.Subject);
        foreach (var entry in saves.Select(of => of.Key).Union(history.Found.Vault.Keys))
        {
            var revisions = history.Found.Vault.GetValueOrDefault(entry) ?? [];
            if (revisions.OrderBy(found => found.Revision).Where((found, i) => found.Revision != i + 1).Any())
            {
                yield return new Violation(Promise, entry, "its revisions have a gap");
            }

            var found = revisions.ToLookup(revision => revision.Revision, revision => revision.Content);
            foreach (var save in saves[entry].Where(save => save.Outcome == Outcome.Done && !found[save.Base!.Value + 1].Contains(save.Content, StringComparer.Ordinal)))
            {
                yield return new Violation(Promise, entry, $"the acknowledged revision {save.Base + 1} is lost or another");
            }

            foreach (var revision in revisions)
            {
                if (!saves[entry].Any(save => save.MayHaveHappened && save.Base + 1 == revision.Revision && save.Content == revision.Content))
                {
                    yield return new Violation(Promise, entry, $"nobody saved its revision {revision.Revision}");
                }
            }
        }
    }
}
