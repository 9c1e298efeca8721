using System.Globalization;
using System.Text.RegularExpressions;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Audit;

/// <summary>Everything that happened in an organization, for its owners and auditors. spec/api.md, "The ledger".</summary>
internal static partial class EntryEndpoints
{
    private const int LimitMost = 500;
    private const int LimitUsual = 100;

    public static Results<WireOk<LedgerPage>, ProblemResult> List(
        CurrentMember asking, EntryList entries, string? before = null, string? limit = null, string? kinds = null, string? member = null, string? handover = null,
        string? since = null, string? until = null)
    {
        if (asking.Role is not (Role.Owner or Role.Auditor))
        {
            return Problems.Of(ProblemType.Forbidden);
        }

        return !TryParse(before, 1, long.MaxValue, long.MaxValue, out var from) ? Problems.Invalid("before", "is what a page gave as next")
            : !TryParse(limit, 1, LimitMost, LimitUsual, out var count) ? Problems.Invalid("limit", "is 1 to 500")
            : kinds is not null && !Kinds().IsMatch(kinds) ? Problems.Invalid("kinds", "are kinds of entries with commas")
            : !TryParse(member, out var whose) ? Problems.Invalid("member", "is an id")
            : !TryParse(handover, out var of) ? Problems.Invalid("handover", "is an id")
            : !TryParse(since, 0, long.MaxValue, 0, out var first) ? Problems.Invalid("since", "is a time in milliseconds")
            : !TryParse(until, 0, long.MaxValue, long.MaxValue, out var last) ? Problems.Invalid("until", "is a time in milliseconds")
            : new WireOk<LedgerPage>(entries.Page(asking.Organization, new EntryFilter(kinds?.Split(','), whose, of, first, last), from, (int)count));
    }

    private static bool TryParse(string? text, long least, long most, long usual, out long number)
    {
        number = usual;
        return text is null || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }

    private static bool TryParse(string? text, out Id? id)
    {
        var known = Id.TryParse(text ?? "", out var parsed);
        id = known ? parsed : null;
        return known || text is null;
    }

    [GeneratedRegex("^[a-z-]{1,32}(,[a-z-]{1,32}){0,63}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Kinds();
}
