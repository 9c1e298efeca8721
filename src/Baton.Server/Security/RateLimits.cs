using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Server.Security;

/// <summary>
/// Every budget of the server. All tables have a fixed size; the settings are counts, 0 for no limit. On several nodes those by the minute,
/// which any stranger makes work for, are divided among them and cost nothing; those by the hour are spent together, in the database.
/// </summary>
internal sealed class RateLimits(BatonOptions settings, TimeProvider clock, HourlyBudgets hourly, NodeCount nodes)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Budgets requests = new(settings.RequestsPerMinute, Minute, clock, nodes);
    private readonly Budgets links = new(settings.LinkRequestsPerMinute, Minute, clock, nodes);
    private readonly IBudget secrets = hourly.Of("secret", settings.SignInFailuresPerHourAddress);
    private readonly IBudget handovers = hourly.Of("member", settings.HandoversPerHour, sets: 512);
    private readonly IBudget organizations = hourly.Of("organization", settings.HandoversPerHourOrganization, sets: 64);

    /// <summary>Any request, by address. Null when it may go on.</summary>
    public ProblemResult? Request(HttpContext context) => Spend(requests, RequestOrigin.Key(RequestOrigin.Address(context)), ProblemType.TooManyRequests);

    /// <summary>An opening of a link, by address. Null when it may go on.</summary>
    public ProblemResult? Link(HttpContext context) => Spend(links, RequestOrigin.Key(RequestOrigin.Address(context)), ProblemType.TooManyRequests);

    /// <summary>A password, recovery key or set-up code about to be checked, by address; a right one is given back. Null when it may go on.</summary>
    public ValueTask<ProblemResult?> Secret(HttpContext context) => Spend(secrets, RequestOrigin.Key(RequestOrigin.Address(context)), ProblemType.TooManyRequests);

    /// <summary>It was right: it costs nothing.</summary>
    public void GiveBackSecret(HttpContext context) => secrets.GiveBack(RequestOrigin.Key(RequestOrigin.Address(context)));

    /// <summary>A new handover, by member and organization; a repeated one is given back by the caller. Null when it may go on.</summary>
    public async ValueTask<ProblemResult?> Handover(CurrentMember member)
    {
        if (await Spend(handovers, member.Member.ToBytes(), ProblemType.QuotaExceeded) is { } spent)
        {
            return spent;
        }

        var organization = await Spend(organizations, member.Organization.ToBytes(), ProblemType.QuotaExceeded);
        if (organization is not null)
        {
            handovers.GiveBack(member.Member.ToBytes());
        }

        return organization;
    }

    /// <summary>The handover was refused or had been made before: it costs nothing.</summary>
    public void GiveBackHandover(CurrentMember member)
    {
        handovers.GiveBack(member.Member.ToBytes());
        organizations.GiveBack(member.Organization.ToBytes());
    }

    private static async ValueTask<ProblemResult?> Spend(IBudget budget, byte[] key, ProblemType problem) =>
        await budget.Spend(key) is { } wait ? Problems.TryLater(problem, wait) : null;

    private static ProblemResult? Spend(Budgets budgets, byte[] key, ProblemType problem) =>
        budgets.TrySpend(key, out var wait) ? null : Problems.TryLater(problem, wait);
}
