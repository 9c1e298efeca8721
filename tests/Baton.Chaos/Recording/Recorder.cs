using System.Collections.Concurrent;

namespace Baton.Chaos.Recording;

/// <summary>Takes down every operation and every fault while they happen.</summary>
internal sealed class Recorder
{
    private readonly long start = TimeProvider.System.GetTimestamp();
    private readonly ConcurrentQueue<Operation> operations = new();
    private readonly ConcurrentQueue<Injected> faults = new();

    /// <summary>Microseconds since the run began.</summary>
    public long Now => (long)TimeProvider.System.GetElapsedTime(start).TotalMicroseconds;

    public int Operations => operations.Count;

    public void Add(Operation operation) => operations.Enqueue(operation);

    public void Inject(string kind) => faults.Enqueue(new Injected(Now, kind));

    public History Close(Found found) => new([.. operations.OrderBy(operation => operation.Begin)], [.. faults], found);
}
