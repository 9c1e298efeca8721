using System.Diagnostics;

namespace Baton.Server.Tests;

/// <summary>Waits for something that happens on another thread, for as long as it may take and no longer.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task Holds(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < Patience, "It did not happen.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public static Task Holds(Func<bool> condition) => Holds(() => Task.FromResult(condition()));
}
