using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;
using HistoryLedger = Baton.Server.Features.History.Ledger;

namespace Baton.Server.Tests.Nodes;

/// <summary>Budgets that nodes spend together: never more than there is, and a burst asks the database seldom.</summary>
public sealed class LeasedBudgetTests : IDisposable
{
    private readonly Store store = Store.New();
    private readonly ManualClock clock = new();
    private readonly Database database;
    private readonly BudgetStore budgets;
    private int asked;

    public LeasedBudgetTests()
    {
        database = store.Database();
        budgets = new BudgetStore(new HistoryLedger(database, new LiveUpdates()), new ServerKey(new DataDirectory(store.Data)), clock);
    }

    public void Dispose()
    {
        database.Dispose();
        store.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(200)]
    [InlineData(2000)]
    public async Task Two_nodes_at_once_get_exactly_what_there_is_and_after_an_hour_again(int count)
    {
        var nodes = new[] { Node(count), Node(count) };
        for (var hour = 0; hour < 3; hour++)
        {
            // Where one of them is refused, the other may still hold a few.
            var spent = await Spend(nodes, count + 100);
            Assert.InRange(spent, count * 7 / 8, count);
            Assert.Equal(count, spent + await Spend([nodes[0]], 200) + await Spend([nodes[1]], 200));
            clock.Step(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task It_refills_evenly()
    {
        var nodes = new[] { Node(60), Node(60) };
        Assert.Equal(60, await SpendAll(80));
        var wait = await nodes[0].Spend([1]);
        Assert.InRange(wait!.Value, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));

        clock.Step(TimeSpan.FromMinutes(5));

        Assert.Equal(5, await SpendAll(20));

        // Where one is refused, the other may still hold a few.
        async Task<int> SpendAll(int most) => await Spend(nodes, most) + await Spend([nodes[0]], most) + await Spend([nodes[1]], most);
    }

    [Fact]
    public async Task What_one_node_has_left_is_worth_nothing_once_the_budget_has_refilled_by_it()
    {
        var (a, b) = (Node(160), Node(160));
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(await a.Spend([1]));
        }

        clock.Step(TimeSpan.FromHours(1));

        Assert.Equal(160, await Spend([b], 200) + await Spend([a], 200));
    }

    [Fact]
    public async Task What_turned_out_not_to_count_costs_nothing()
    {
        var (a, b) = (Node(20), Node(20));
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(await a.Spend([1]));
            a.GiveBack([1]);
        }

        // One of them is kept where it was given back, and worth something there only.
        Assert.Equal(20, await Spend([b], 40) + await Spend([a], 40));
    }

    [Fact]
    public async Task A_burst_asks_seldom_and_who_is_refused_does_not_ask_again()
    {
        var node = Node(2000);
        Assert.Equal(2000, await Spend([node], 2000));
        Assert.InRange(asked, 1, 40);

        await Spend([node], 1);
        var before = asked;
        Assert.Equal(0, await Spend([node], 1000));
        Assert.Equal(before, asked);
    }

    [Fact]
    public async Task Keys_and_kinds_have_budgets_of_their_own_and_rows_of_full_ones_go()
    {
        var (accounts, addresses) = (Node(5), new LeasedBudgets("other", 5, clock, budgets.Lease));
        Assert.Equal(5, await Spend([accounts], 10));
        Assert.Null(await accounts.Spend([2]));
        Assert.Null(await addresses.Spend([1]));
        Assert.Equal(3, database.Read(connection => (long)connection.Scalar("SELECT count(*) FROM budgets")!));

        clock.Step(TimeSpan.FromHours(1));

        Assert.Equal(3, await budgets.Sweep());
    }

    private LeasedBudgets Node(int count) => new("account", count, clock, (kind, key, of, wanted) =>
    {
        Interlocked.Increment(ref asked);
        return budgets.Lease(kind, key, of, wanted);
    });

    /// <summary>How many of so many attempts went through, made at all of these nodes at once.</summary>
    private static async Task<int> Spend(LeasedBudgets[] nodes, int attempts) =>
        (await Task.WhenAll(Enumerable.Range(0, attempts).Select(i => nodes[i % nodes.Length].Spend([1]).AsTask()))).Count(wait => wait is null);
}
