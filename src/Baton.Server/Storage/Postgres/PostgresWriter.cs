using System.Data;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Baton.Server.Storage;

/// <summary>
/// Writes on PostgreSQL: some threads, each with a connection of its own, run one operation after the other, each in a transaction of its own.
/// What came in the way of another transaction runs again; whose COMMIT got no answer never does. PostgreSQL gathers the commits itself.
/// </summary>
internal sealed class PostgresWriter : Writer
{
    /// <summary>So long an operation waits for its turn, and goes on being tried after conflicts, before it is refused.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>So often a lost connection is replaced for one and the same operation.</summary>
    private const int Connections = 3;

    /// <summary>A unique key that is taken at each of so many runs was taken before the first: a fault of the operation's own.</summary>
    private const int SameKeys = 3;

    private const int LongestPause = 64;

    private readonly object gate = new();
    private readonly Queue<Pending> waiting = new();
    private readonly ManualResetEventSlim closing = new();

    /// <summary>
    /// Held by the one operation of this node that runs again. What conflicts once mostly writes a row that others write too (an organization's
    /// count of bytes): one after the other they get through, all together they would go on taking each other back.
    /// </summary>
    private readonly Lock oneAgain = new();
    private readonly PostgresTarget target;
    private readonly int most;
    private readonly string name;
    private readonly List<Thread> threads = [];
    private int asleep;
    private bool closed;

    /// <param name="target">Where to.</param>
    /// <param name="most">As many operations at a time, threads and connections; made when they are needed.</param>
    /// <param name="name">Of the threads.</param>
    public PostgresWriter(PostgresTarget target, int most, string name) => (this.target, this.most, this.name) = (target, most, name);

    /// <inheritdoc />
    public override Task<T> Submit<T>(Func<Connection, T> operation, Isolation isolation = Isolation.Serial)
    {
        var pending = new Pending<T>(operation, isolation);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            if (waiting.Count >= Capacity)
            {
                throw new StoreBusyException();
            }

            waiting.Enqueue(pending);
            if (asleep >= waiting.Count)
            {
                Monitor.Pulse(gate);
            }
            else if (threads.Count < most)
            {
                var thread = new Thread(Run) { IsBackground = true, Name = name };
                threads.Add(thread);
                thread.Start();
            }
        }

        return pending.Answer;
    }

    private void Run()
    {
        PostgresSession? session = null;
        while (Take() is { } pending)
        {
            if (Stopwatch.GetElapsedTime(pending.Since) > Patience)
            {
                pending.Fail(new StoreBusyException());
            }
            else
            {
                RunToItsEnd(pending, ref session);
            }

            ThreadPool.UnsafeQueueUserWorkItem(static pending => pending.Complete(), pending, preferLocal: false);
        }

        session?.Dispose();
    }

    private Pending? Take()
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !closed)
            {
                asleep++;
                Monitor.Wait(gate);
                asleep--;
            }

            return waiting.TryDequeue(out var pending) ? pending : null;
        }
    }

    private void RunToItsEnd(Pending pending, ref PostgresSession? session)
    {
        try
        {
            Try(pending, ref session);
        }
        finally
        {
            if (oneAgain.IsHeldByCurrentThread)
            {
                oneAgain.Exit();
            }
        }
    }

    private void Try(Pending pending, ref PostgresSession? session)
    {
        var (conflicts, lost) = (0, 0);
        while (true)
        {
            var committing = false;
            try
            {
                session ??= PostgresSession.OpenWriter(target);
                session.Begin(pending.Isolation == Isolation.Row ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable);
                pending.Run(session);
                if (session.IsTakenBack)
                {
                    session.RollBack();
                    Drop(ref session);
                    return;
                }

                committing = true;
                if (!session.Commit())
                {
                    pending.Fail(StoreFailedException.Unknown("The database did not wait for its standby.", null));
                }

                return;
            }
            catch (Exception exception)
            {
                session?.RollBack();
                var fault = PostgresFaults.Of(exception);
                Drop(ref session, always: fault == Fault.Lost || (committing && fault != Fault.Conflict));
                if (committing && !PostgresFaults.IsRefusedCommit(exception))
                {
                    // Kept or not: nobody can tell from here. Who asked repeats, and finds out.
                    pending.Fail(StoreFailedException.Unknown("It is not known whether the database kept this.", exception));
                    return;
                }

                if (PostgresFaults.IsTakenKey(exception) && conflicts >= SameKeys)
                {
                    pending.Fail(exception);
                    return;
                }

                var again = fault == Fault.Conflict ? Stopwatch.GetElapsedTime(pending.Since) < Patience : fault == Fault.Lost && ++lost < Connections;
                if (!again)
                {
                    pending.Fail(PostgresFaults.Told(exception));
                    return;
                }

                if (fault == Fault.Conflict && !oneAgain.IsHeldByCurrentThread)
                {
                    oneAgain.Enter();
                }

                Pause(++conflicts);
            }
        }
    }

    private static void Drop(ref PostgresSession? session, bool always = false)
    {
        if (session is not null && (always || session.IsBroken))
        {
            session.Dispose();
            session = null;
        }
    }

    /// <summary>At once for the first time, then by chance and longer each time, so that the same ones don't meet again.</summary>
    private void Pause(int conflicts)
    {
        if (conflicts > 1)
        {
            closing.Wait(RandomNumberGenerator.GetInt32(1, Math.Min(LongestPause, 1 << Math.Min(conflicts, 16)) + 1));
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        lock (gate)
        {
            if (closed)
            {
                return;
            }

            closed = true;
            Monitor.PulseAll(gate);
        }

        closing.Set();
        threads.ForEach(thread => thread.Join());
        closing.Dispose();
    }

    private abstract class Pending(Isolation isolation)
    {
        public Isolation Isolation => isolation;

        /// <summary>When it was handed over.</summary>
        public long Since { get; } = Stopwatch.GetTimestamp();

        public abstract void Run(Connection connection);

        public abstract void Fail(Exception exception);

        public abstract void Complete();
    }

    private sealed class Pending<T>(Func<Connection, T> operation, Isolation isolation) : Pending(isolation)
    {
        // Its continuations run where Complete is called: on a thread of the pool, never on a writer's.
        private readonly TaskCompletionSource<T> answer = new();
        private Exception? failure;
        private T? result;

        public Task<T> Answer => answer.Task;

        public override void Run(Connection connection) => result = operation(connection);

        public override void Fail(Exception exception) => failure = exception;

        public override void Complete()
        {
            if (failure is null)
            {
                answer.SetResult(result!);
            }
            else
            {
                answer.SetException(failure);
            }
        }
    }
}
