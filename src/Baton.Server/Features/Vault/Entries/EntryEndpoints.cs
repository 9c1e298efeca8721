using System.Globalization;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Vault;

/// <summary>Entries and their revisions. spec/api.md, "Members"; spec/vault.md §2 and §3.</summary>
internal static class EntryEndpoints
{
    private static readonly string[] Acts = ["save", "bin", "restore", "purge"];

    public static void MapEntries(this IEndpointRouteBuilder app)
    {
        var members = app.MapMemberGroup("/api");
        members.MapGet("/groups/{group}/entries", Page);
        members.MapPost("/entries", Change).AcceptsAtMost(VaultRules.ChangesBody);
        members.MapGet("/entries/{entry}/revisions", Revisions);
    }

    private static Results<WireOk<EntryPage>, ProblemResult> Page(string group, CurrentMember member, EntryReader entries, string? after = null, string? limit = null)
    {
        if (!TryParse(after, 0, long.MaxValue, 0, out var from))
        {
            return Problems.Invalid("after", "is the change of the last entry seen");
        }

        if (!TryParse(limit, 1, VaultRules.PageMax, VaultRules.PageMax, out var count))
        {
            return Problems.Invalid("limit", "is 1 to 1000");
        }

        return !Id.TryParse(group, out var id) || member.RightOn(id) == Right.None ? Problems.Of(ProblemType.NotFound)
            : member.RightOn(id) < Right.View ? Problems.Of(ProblemType.Forbidden)
            : entries.Page(id, from, (int)count) is { } page ? new WireOk<EntryPage>(page)
            : Problems.Of(ProblemType.NotFound);
    }

    private static async Task<Results<WireOk<EntriesChanged>, ProblemResult>> Change(EntryChanges request, CurrentMember member, EntryStore store, VaultSweep sweep)
    {
        if (Fault(request.Changes) is { } fault)
        {
            return fault;
        }

        var answer = await store.Change(member, request.Changes);
        if (answer.Refused is null && request.Changes.Any(change => change.Act == "purge"))
        {
            sweep.Wake();
        }

        return answer.Ok();
    }

    private static Results<WireOk<EntryRevisions>, ProblemResult> Revisions(string entry, CurrentMember member, EntryReader entries, string? before = null)
    {
        if (!TryParse(before, 1, long.MaxValue, long.MaxValue, out var from))
        {
            return Problems.Invalid("before", "is a revision");
        }

        if (!Id.TryParse(entry, out var id) || entries.GroupOf(id) is not { } group || member.RightOn(group) == Right.None)
        {
            return Problems.Of(ProblemType.NotFound);
        }

        return member.RightOn(group) < Right.View ? Problems.Of(ProblemType.Forbidden) : new WireOk<EntryRevisions>(entries.Revisions(id, from));
    }

    /// <summary>What the server can see wrong before it looks anything up.</summary>
    private static ProblemResult? Fault(IReadOnlyList<EntryChange> changes)
    {
        if (changes.Count is < 1 or > VaultRules.ChangesMax || changes.Any(change => change is null))
        {
            return Problems.Invalid("changes", "are 1 to 200");
        }

        if (changes.DistinctBy(change => change.Entry).Count() != changes.Count)
        {
            return Problems.Invalid("changes", "name an entry once");
        }

        foreach (var change in changes)
        {
            if (!Acts.Contains(change.Act, StringComparer.Ordinal) || change.Base < 0 || change.Base == long.MaxValue)
            {
                return Problems.Invalid("act", "is save, bin, restore or purge, from a base that counts from 0");
            }

            if (change is { Act: "save", Version: > 0, Sealed: not null })
            {
                if (change.Sealed.Length > VaultRules.EntryMax)
                {
                    return Problems.Of(ProblemType.TooLarge.With() with { Limit = VaultRules.EntryMax, Entries = [change.Entry] });
                }

                if (!VaultRules.IsEntry(change.Sealed))
                {
                    return Problems.Invalid("sealed", "has not the size of a padded text and its seal");
                }

                if (change.Files is { Count: > VaultRules.FilesMax } || change.Files?.Distinct().Count() != change.Files?.Count)
                {
                    return Problems.Invalid("files", "are at most 100, each once");
                }
            }
            else if (change is not { Act: not "save", Base: > 0, Version: null, Sealed: null, Files: null })
            {
                return Problems.Invalid("changes", "a save has version and sealed, another act only the base it means");
            }
        }

        return null;
    }

    private static bool TryParse(string? text, long least, long most, long usual, out long number)
    {
        number = usual;
        return text is null || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }
}
