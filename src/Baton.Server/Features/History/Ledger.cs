using System.Diagnostics;
using Baton.Protocol;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// The one gate to a changed database. A write has to end in <see cref="LedgerTransaction.Record{T}"/>, with the entries that tell what
/// happened, or in <see cref="LedgerTransaction.Nothing{T}"/>, which takes back whatever it did: a change without its entry does not
/// compile. Change and entries are committed together, and the answer comes after the commit. spec/ledger.md.
/// </summary>
internal sealed class Ledger(Database database, LiveUpdates updates)
{
    private readonly Writer writer = database.TakeWriter();

    /// <inheritdoc cref="Database.IsShared" />
    public bool IsShared { get; } = database.IsShared;

    /// <summary>Told of each member whose role, rights or sessions changed, after the commit and before the answer. Returns at once.</summary>
    public Action<Id> MemberAffected { get; set; } = static _ => { };

    /// <summary>Called after a commit with entries: they wait for their place in the log. Returns at once.</summary>
    public Action Grown { get; set; } = static () => { };

    /// <summary>Told how long each write took from being handed over to its commit; null while nobody wants to know. Returns at once.</summary>
    public Action<TimeSpan>? Timed { get; set; }

    /// <summary>Told of each entry this process wrote, after its commit: for counting. Returns at once.</summary>
    public Action<LedgerEntry> EntryWritten { get; set; } = static _ => { };

    /// <summary>
    /// Changes state. The operation runs on a writer's thread, between other writes: it does SQL and arithmetic, nothing that waits, and no key
    /// derivation. It may run more than once (<see cref="Writer.Submit{T}"/>), so it changes nothing outside its transaction. An exception takes
    /// back this operation alone and comes out of the task.
    /// </summary>
    /// <exception cref="StoreBusyException">Too many writes are waiting; nothing changed.</exception>
    public async Task<T> Write<T>(Func<LedgerTransaction, Recorded<T>> operation, Isolation isolation = Isolation.Serial)
    {
        using var span = Tracing.Source.StartActivity("ledger write");
        var began = Timed is null ? 0 : Stopwatch.GetTimestamp();
        var outcome = await writer.Submit(connection =>
        {
            var outcome = operation(new LedgerTransaction(connection));
            if (outcome.First is null)
            {
                connection.TakeBack();
            }
            else if (IsShared)
            {
                updates.Own.Add(outcome.First);
                Array.ForEach(outcome.More, updates.Own.Add);
            }

            return outcome;
        }, isolation);
        Timed?.Invoke(Stopwatch.GetElapsedTime(began));
        foreach (var member in outcome.Affected)
        {
            MemberAffected(member);
        }

        if (outcome.First is not null)
        {
            Grown();
            updates.Publish(outcome.First);
            EntryWritten(outcome.First);
            foreach (var entry in outcome.More)
            {
                updates.Publish(entry);
                EntryWritten(entry);
            }
        }

        return outcome.Result;
    }

    /// <summary>
    /// What is not history: when a session was last used, counters of throttles, encrypted bytes on their way in or out. Only the statements
    /// that begin as listed in <see cref="HousekeepingTransaction"/> are let through, so a change of state can't hide here.
    /// </summary>
    /// <exception cref="StoreBusyException">Too many writes are waiting; nothing changed.</exception>
    public Task<T> Housekeeping<T>(Func<HousekeepingTransaction, T> operation, Isolation isolation = Isolation.Serial) =>
        writer.Submit(connection => operation(new HousekeepingTransaction(connection)), isolation);
}

/// <summary>A write's answer together with the promise that its entries are written. <see cref="LedgerTransaction"/> makes them.</summary>
internal abstract record Recorded<T>
{
    private protected Recorded(T result, LedgerEntry? first, LedgerEntry[] more, IReadOnlyList<Id> affected)
    {
        Result = result;
        First = first;
        More = more;
        Affected = affected;
    }

    public T Result { get; }

    /// <summary>The first of its entries; null when nothing happened.</summary>
    public LedgerEntry? First { get; }

    /// <summary>The others.</summary>
    public LedgerEntry[] More { get; }

    /// <summary>Members whose role, rights or sessions changed.</summary>
    public IReadOnlyList<Id> Affected { get; }
}
