using Baton.Protocol;
using Baton.Server.Features.History;

namespace Baton.Server.Features.Organizations;

/// <summary>The ledger's <c>trial</c>. spec/ledger.md §1.</summary>
internal static class TrialEntry
{
    /// <param name="ends">Unix milliseconds; null: never.</param>
    public static LedgerEntry Of(Id organization, long? ends, long now) =>
        LedgerEntry.Of("trial", organization, now, Actor.Server, ends, static (json, ends) =>
        {
            if (ends is { } end)
            {
                json.WriteNumber("ends"u8, end);
            }
            else
            {
                json.WriteNull("ends"u8);
            }
        });
}
