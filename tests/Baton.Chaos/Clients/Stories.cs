using System.Collections.Concurrent;
using System.Security.Cryptography;
using Baton.Chaos.Recording;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Chaos.Clients;

/// <summary>What senders and recipients do, told one handover at a time: alone, in races, wrongly, and again where no answer came.</summary>
internal sealed class Stories(Wire wire, Id group)
{
    private const int Tries = 40;

    private readonly ConcurrentBag<Parcel> parcels = [];

    /// <summary>All that were ever begun.</summary>
    public IReadOnlyCollection<Parcel> Parcels => parcels;

    public async Task Tell(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var parcel = Parcel.Make(group, password: RandomNumberGenerator.GetInt32(4) != 0);
            parcels.Add(parcel);
            if (!await Until(() => parcel.Create(wire), stop))
            {
                continue;
            }

            await (RandomNumberGenerator.GetInt32(8) switch
            {
                0 => Race(parcel, stop),
                1 => Guesses(parcel, stop),
                2 => RevokedWhileOpened(parcel),
                3 => Task.WhenAll(parcel.Extend(wire), parcel.Lookup(wire)),
                4 => Task.CompletedTask,
                _ => Opened(parcel, stop),
            });
            await Task.Delay(RandomNumberGenerator.GetInt32(20), CancellationToken.None);
        }
    }

    /// <summary>As it should be: looked up, opened, shown, confirmed; each again until it is answered.</summary>
    private async Task Opened(Parcel parcel, CancellationToken stop)
    {
        using var page = new Page();
        await parcel.Lookup(wire);
        await Follow(parcel, page, await Insist(() => page.Claim(wire, parcel), stop), stop);
        await parcel.Lookup(wire);
    }

    /// <summary>Several pages at once, over all nodes; then the winner goes on.</summary>
    private async Task Race(Parcel parcel, CancellationToken stop)
    {
        var pages = Enumerable.Range(0, 4).Select(_ => new Page()).ToList();
        var heard = await Task.WhenAll(pages.Select(page => page.Claim(wire, parcel)));
        var again = await Task.WhenAll(pages.Zip(heard, (page, first) => first.Outcome == Outcome.Unknown ? Insist(() => page.Claim(wire, parcel), stop) : Task.FromResult(first)));
        foreach (var (page, last) in pages.Zip(again))
        {
            await Follow(parcel, page, last, stop);
            page.Dispose();
        }
    }

    /// <summary>More guesses than there are, at once, and sometimes the right password among them.</summary>
    private async Task Guesses(Parcel parcel, CancellationToken stop)
    {
        var pages = Enumerable.Range(0, 3 + RandomNumberGenerator.GetInt32(12)).Select(_ => new Page()).ToList();
        using var right = new Page();
        var claims = RandomNumberGenerator.GetInt32(3) == 0;
        var claim = claims ? right.Claim(wire, parcel) : null;
        await Task.WhenAll(pages.Select(page => page.Guess(wire, parcel)));
        if (claim is not null)
        {
            await Follow(parcel, right, await claim, stop);
        }

        pages.ForEach(page => page.Dispose());
    }

    private async Task RevokedWhileOpened(Parcel parcel)
    {
        using var page = new Page();
        await Task.WhenAll(parcel.Revoke(wire), page.Claim(wire, parcel));
        await Task.WhenAll(page.Claim(wire, parcel), parcel.Lookup(wire));
    }

    /// <summary>What the page does once it has the content.</summary>
    private async Task Follow(Parcel parcel, Page page, Heard claimed, CancellationToken stop)
    {
        if (claimed.Outcome != Outcome.Done || (await Insist(() => parcel.Displayed(wire), stop)).Outcome != Outcome.Done)
        {
            return;
        }

        await page.Claim(wire, parcel);
        if (RandomNumberGenerator.GetInt32(4) == 0)
        {
            await page.Receipt(wire, parcel, claimed.Read<LinkOpened>());
        }
    }

    /// <summary>The same again, until there is an answer.</summary>
    private static async Task<Heard> Insist(Func<Task<Heard>> call, CancellationToken stop)
    {
        var heard = await call();
        for (var i = 0; i < Tries && heard.Outcome == Outcome.Unknown && !stop.IsCancellationRequested; i++)
        {
            await Task.Delay(100, CancellationToken.None);
            heard = await call();
        }

        return heard;
    }

    private static async Task<bool> Until(Func<Task<bool>> call, CancellationToken stop)
    {
        for (var i = 0; i < Tries && !stop.IsCancellationRequested; i++)
        {
            if (await call())
            {
                return true;
            }

            await Task.Delay(100, CancellationToken.None);
        }

        return false;
    }
}
