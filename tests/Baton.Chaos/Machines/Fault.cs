namespace Baton.Chaos.Machines;

/// <summary>Something that goes wrong, and what puts it right again: both in one, so that the next fault finds a whole machine.</summary>
/// <param name="Kind">As it is counted.</param>
internal sealed record Fault(string Kind, Func<Task> Strike);
