using System.Collections.Concurrent;
using System.Data.Common;
using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>
/// A writable transaction for what is not history. Statements that change anything must begin with one of the phrases below; this list is
/// the whole of what can happen without an entry, and adding to it is a decision about what history tells.
/// </summary>
internal sealed class HousekeepingTransaction(Connection connection)
{
    private static readonly string[] Allowed =
    [
        "SELECT ",

        // Drafts are not handovers yet; chunks, sealed content and shares are bytes whose end the ledger has told already.
        "INSERT INTO drafts ", "DELETE FROM drafts ", "INSERT INTO tombstones ", "INSERT INTO files ", "DELETE FROM files ",
        "INSERT INTO chunks ", "DELETE FROM chunks ", "UPDATE handovers SET share_gone = TRUE ", "UPDATE handovers SET read_until = ",

        // Attachments on their way in; entries, revisions and attachments whose end the ledger has told, or which never were anybody's.
        "INSERT INTO attachments ", "UPDATE attachments SET loose_since = ", "DELETE FROM attachments ", "INSERT INTO attachment_chunks ",
        "DELETE FROM attachment_chunks ", "UPDATE entries SET sealed = NULL, purged = TRUE ", "DELETE FROM entry_revisions ", "DELETE FROM entry_files ",
        "UPDATE groups SET emptied = TRUE ", "UPDATE organizations SET vault_bytes = ",

        // Which key files belong to this database: once, before anything else is in it. The set-up code of the newest start.
        "INSERT INTO installation ", "UPDATE installation SET setup_hash = ",

        // Which nodes serve, and what is left of budgets by the hour.
        "INSERT INTO nodes ", "DELETE FROM nodes ", "INSERT INTO budgets ", "DELETE FROM budgets ",

        // The place of an entry in the log, the hashes over it, the head and its signature: they say nothing that the entries don't.
        "UPDATE ledger SET log = @log, leaf_index = id + @shift ", "INSERT INTO tiles ", "INSERT INTO logs ", "UPDATE logs SET size = @size, root = @root ",
        "UPDATE logs SET note = @note, noted = @noted ",

        // What authorities outside said of a checkpoint.
        "INSERT INTO stamped ", "INSERT INTO stamps ",

        // When a session was last used; sessions that ran out; counters of throttles, written to the ledger by the hour.
        "UPDATE sessions SET used_at = ", "DELETE FROM sessions ", "INSERT INTO throttles ", "UPDATE throttles ", "DELETE FROM throttles ",
    ];

    private static readonly ConcurrentDictionary<string, bool> Checked = new(StringComparer.Ordinal);

    /// <inheritdoc cref="Connection.Execute" />
    /// <exception cref="InvalidOperationException">The statement is history: it belongs into <see cref="Ledger.Write{T}"/>.</exception>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!Checked.GetOrAdd(sql, text => Allowed.Any(start => text.StartsWith(start, StringComparison.Ordinal))))
        {
            throw new InvalidOperationException("Not housekeeping: " + sql);
        }

        return connection.Execute(sql, values);
    }

    /// <inheritdoc cref="Connection.Query" />
    public DbDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        sql.StartsWith("SELECT ", StringComparison.Ordinal) ? connection.Query(sql, values) : throw new InvalidOperationException("Not a question: " + sql);

    /// <inheritdoc cref="Connection.Scalar" />
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        sql.StartsWith("SELECT ", StringComparison.Ordinal) ? connection.Scalar(sql, values) : throw new InvalidOperationException("Not a question: " + sql);
}
