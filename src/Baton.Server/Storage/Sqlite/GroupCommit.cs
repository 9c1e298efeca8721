using System.Diagnostics;

namespace Baton.Server.Storage;

/// <summary>
/// The one writer of a database: a thread of its own that takes every write that waits, runs each in its own savepoint,
/// commits them together and only then answers each. A write that fails takes back its own savepoint and nothing else.
/// The thread never awaits; answers run on the thread pool. There is no waiting window: while one group commits, the next gathers.
/// </summary>
internal sealed class GroupCommit : Writer
{
    private const int LargestGroup = 512;

    /// <summary>So many answers go on one after the other on one thread of the pool: waking a thread for each costs more than what it does.</summary>
    private const int AnswersTogether = 8;

    private static readonly Action<List<Write>> Answers = Answer;

    private readonly object gate = new();
    private readonly Connection connection;
    private readonly TruncatePolicy truncate;
    private readonly Thread thread;
    private readonly Queue<Write> waiting = new();
    private bool asleep;
    private bool closed;

    /// <param name="connection">Owned from here on.</param>
    /// <param name="name">The thread's name.</param>
    /// <param name="truncate">How long destroyed bytes may stay in the write-ahead log.</param>
    public GroupCommit(Connection connection, string name, TruncatePolicy truncate)
    {
        this.connection = connection;
        this.truncate = truncate;
        thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <inheritdoc />
    public override Task<T> Submit<T>(Func<Connection, T> operation, Isolation isolation = Isolation.Serial)
    {
        var write = new Write<T>(operation);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            if (waiting.Count >= Capacity)
            {
                throw new StoreBusyException();
            }

            waiting.Enqueue(write);
            if (asleep)
            {
                Monitor.Pulse(gate);
            }
        }

        return write.Answer;
    }

    private void Run()
    {
        var group = new List<Write>(LargestGroup);
        var clock = Stopwatch.StartNew();

        // A server that was killed may have left destroyed bytes in the log: dirty from the beginning, truncated once idle.
        var dirtySince = TimeSpan.Zero;
        while (Take(group) is var open && (open || group.Count > 0))
        {
            var idle = group.Count == 0;
            if (!idle)
            {
                Commit(group);
                if (dirtySince == TimeSpan.MaxValue)
                {
                    dirtySince = clock.Elapsed;
                }

                group.Clear();
            }

            if (dirtySince != TimeSpan.MaxValue && (idle || clock.Elapsed - dirtySince >= truncate.AtLeastEvery))
            {
                dirtySince = TryTruncate() ? TimeSpan.MaxValue : clock.Elapsed;
            }
        }
    }

    /// <summary>Waits for writes, or until it is time to look at the log; false when closed.</summary>
    private bool Take(List<Write> group)
    {
        lock (gate)
        {
            if (waiting.Count == 0 && !closed)
            {
                asleep = true;
                Monitor.Wait(gate, truncate.Idle);
                asleep = false;
            }

            while (group.Count < LargestGroup && waiting.TryDequeue(out var write))
            {
                group.Add(write);
            }

            return !closed;
        }
    }

    private void Commit(List<Write> group)
    {
        try
        {
            connection.Execute("BEGIN IMMEDIATE");
            foreach (var write in group)
            {
                connection.Execute("SAVEPOINT one");
                if (!write.Run(connection))
                {
                    // Disk full and I/O errors end the whole transaction: then nothing of the group is kept.
                    if (!connection.InTransaction)
                    {
                        throw write.Failure as StoreFailedException ?? new StoreFailedException(write.Failure!);
                    }

                    connection.Execute("ROLLBACK TO one");
                }

                connection.Execute("RELEASE one");
            }

            connection.Execute("COMMIT");
        }
        catch (Exception exception)
        {
            RollBack();
            var failure = exception as StoreFailedException ?? new StoreFailedException(exception);
            foreach (var write in group)
            {
                write.Fail(failure);
            }
        }

        for (var first = 0; first < group.Count; first += AnswersTogether)
        {
            ThreadPool.UnsafeQueueUserWorkItem(Answers, group.GetRange(first, Math.Min(AnswersTogether, group.Count - first)), preferLocal: false);
        }
    }

    private static void Answer(List<Write> answered)
    {
        foreach (var write in answered)
        {
            write.Complete();
        }
    }

    private void RollBack()
    {
        if (connection.InTransaction)
        {
            connection.Execute("ROLLBACK");
        }
    }

    /// <summary>
    /// wal_checkpoint reports "busy" (a reader holds the log) in its row, not as an error. It is not worth waiting for with writes behind it:
    /// the next look tries again.
    /// </summary>
    private bool TryTruncate()
    {
        try
        {
            connection.Execute("PRAGMA busy_timeout = 50");
            using var row = connection.Query("PRAGMA wal_checkpoint(TRUNCATE)");
            return row.Read() && row.GetInt64(0) == 0;
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
        finally
        {
            connection.Execute("PRAGMA busy_timeout = 30000");
        }
    }

    /// <summary>Finishes what waits, then closes the connection.</summary>
    public override void Dispose()
    {
        lock (gate)
        {
            if (closed)
            {
                return;
            }

            closed = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
        connection.Dispose();
    }

    private abstract class Write
    {
        public Exception? Failure { get; protected set; }

        /// <summary>False when the operation failed and is to be taken back.</summary>
        public abstract bool Run(Connection connection);

        public void Fail(Exception exception) => Failure = exception;

        public abstract void Complete();
    }

    private sealed class Write<T>(Func<Connection, T> operation) : Write
    {
        // Its continuations run where Complete is called: on a thread of the pool, never on the writer's.
        private readonly TaskCompletionSource<T> answer = new();
        private T? result;

        public Task<T> Answer => answer.Task;

        public override bool Run(Connection connection)
        {
            try
            {
                result = operation(connection);
                return true;
            }
            catch (SqliteFaultException exception) when (exception.IsOfDisk)
            {
                Failure = new StoreFailedException(exception);
                return false;
            }
            catch (Exception exception)
            {
                Failure = exception;
                return false;
            }
        }

        public override void Complete()
        {
            if (Failure is null)
            {
                answer.SetResult(result!);
            }
            else
            {
                answer.SetException(Failure);
            }
        }
    }
}

/// <summary>
/// How long bytes that were deleted may stay in the write-ahead log (spec/handover.md §8). Deleting overwrites them in the
/// database file (secure_delete); the log keeps older copies of the page until it is truncated.
/// </summary>
/// <param name="AtLeastEvery">Under load.</param>
/// <param name="Idle">Once nothing was written for so long.</param>
internal sealed record TruncatePolicy(TimeSpan AtLeastEvery, TimeSpan Idle)
{
    /// <summary>Bytes of sealed and files are to be gone within 60 s.</summary>
    public static readonly TruncatePolicy Main = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));

    /// <summary>A share is to be gone within 2 s.</summary>
    public static readonly TruncatePolicy Shares = new(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(250));
}
