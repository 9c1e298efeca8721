using Baton.Chaos.Clients;
using Baton.Chaos.Machines;
using Baton.Chaos.Recording;

namespace Baton.Chaos.Targets;

/// <summary>An installation to be tormented: nodes, and stores of one kind.</summary>
internal abstract class Target : IAsyncDisposable
{
    /// <summary>In the order they were started.</summary>
    public abstract IReadOnlyList<Surroundings> Nodes { get; }

    /// <summary>What can be done to it here; what needs root or a program that is missing is left out.</summary>
    public abstract IReadOnlyList<Fault> Faults { get; }

    /// <summary>Faults that this machine can't make, in words.</summary>
    public abstract IReadOnlyList<string> Impossible { get; }

    /// <summary>What tools say of the stores, beside the running nodes.</summary>
    public abstract Task<IReadOnlyList<Verdict>> Verdicts();

    /// <summary>What is left of these, which have ended: waits as long as the spec gives the server.</summary>
    public abstract Task<IReadOnlyList<string>> Leftovers(IReadOnlyList<Parcel> ended);

    public abstract ValueTask DisposeAsync();

    protected static async Task<Verdict> Ran(string program, params string[] arguments)
    {
        var (code, output) = await Command.Try(program, arguments);
        return new Verdict($"{Path.GetFileName(program)} {string.Join(' ', arguments)}", code, output);
    }

    /// <summary>A server that ended by itself, whatever was done around it, is a fault of its own.</summary>
    protected IEnumerable<Verdict> Deaths() => Nodes.SelectMany(node => node.Node.Deaths).Select(death => new Verdict("baton-server ended by itself", 1, death));
}
