namespace Baton.Server.Security;

/// <summary>So many a period for each of any number of keys, all at once if need be, refilled evenly.</summary>
internal interface IBudget
{
    /// <summary>Spends one of the key's; null, or how long to wait when there is none left.</summary>
    ValueTask<TimeSpan?> Spend(byte[] key);

    /// <summary>Gives one back: the attempt turned out not to count.</summary>
    void GiveBack(byte[] key);
}

/// <summary>
/// Budgets by the hour, which guard secrets and quotas: in this process's memory where it is the only one, in the database where other nodes
/// spend from them too. docs/decisions/0020-nodes.md.
/// </summary>
internal sealed class HourlyBudgets(TimeProvider clock, LeasePermits? lease)
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <param name="kind">Tells its keys from those of other budgets.</param>
    /// <param name="count">0 is no limit.</param>
    /// <param name="sets">For <see cref="Budgets"/>.</param>
    public IBudget Of(string kind, int count, int sets = Budgets.UsualSets) => lease is null || count == 0
        ? new Budgets(count, Hour, clock, sets: sets)
        : new LeasedBudgets(kind, count, clock, lease);
}
