using System.Security.Cryptography;
using Baton.Chaos.Clients;
using Baton.Chaos.Machines;
using Baton.Chaos.Recording;
using Baton.Chaos.Targets;

namespace Baton.Chaos;

/// <summary>One target under load for so many seconds, with one fault after the other; then everything is put right and looked at.</summary>
internal sealed class Run(Target target, TimeSpan load)
{
    private const int Tellers = 6;
    private const int Writers = 2;

    public async Task<History> Torment()
    {
        var recorder = new Recorder();
        using var wire = new Wire(recorder, [.. target.Nodes.Select(node => node.Address)]);
        var agency = await Agency.Found(wire, await target.Nodes[^1].Node.SetupCode);
        var (stories, vault, visitors) = (new Stories(wire, agency.Group), new VaultWriters(wire, agency.Group), new Visitors(wire, agency.SignIn));

        using var stop = new CancellationTokenSource(load);
        List<Task> clients =
        [
            .. Enumerable.Range(0, Tellers).Select(_ => stories.Tell(stop.Token)),
            .. Enumerable.Range(0, Writers).Select(_ => vault.Write(stop.Token)),
            visitors.ComeAndGo(stop.Token),
            visitors.Watch(stop.Token),
        ];
        await Strike(recorder, stop.Token);
        await Task.WhenAll(clients);
        foreach (var node in target.Nodes)
        {
            await node.Node.Up();
        }

        return recorder.Close(await new Aftermath(wire, agency, target).Look(stories, vault));
    }

    /// <summary>Every fault in turn, in another order each round; a fault that has begun is brought to its end.</summary>
    private async Task Strike(Recorder recorder, CancellationToken stop)
    {
        var faults = target.Faults.ToArray();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            if (i % faults.Length == 0)
            {
                RandomNumberGenerator.Shuffle(faults.AsSpan());
            }

            await Surroundings.Moment(900);
            var fault = faults[i % faults.Length];
            recorder.Inject(fault.Kind);
            await fault.Strike();
        }
    }
}
