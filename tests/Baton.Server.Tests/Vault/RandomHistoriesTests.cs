using Baton.Server.Tests.Vault.Histories;

namespace Baton.Server.Tests.Vault;

/// <summary>
/// Twenty organizations in which people join, are granted, leave and are removed, keys are rotated and entries written, each as
/// its seed says, by the real client against the real server.
/// </summary>
public sealed class RandomHistoriesTests
{
    private const int Steps = 40, StepsBetweenChecks = 10;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_entry_can_be_read_by_exactly_the_right_members_and_by_no_one_who_left(int seed)
    {
        await using var server = await BatonServer.Start();
        using var history = new History(server, new Dice(seed), TestContext.Current.CancellationToken);
        await history.Begin();
        try
        {
            for (var step = 1; step <= Steps; step++)
            {
                await history.Step();
                if (step % StepsBetweenChecks == 0)
                {
                    await history.Check();
                }
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{fault.Message}\n{history.Told}", fault);
        }
    }
}
