using System.Collections.Concurrent;
using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Vault;

/// <summary>SIGKILL at any moment while entries are written: what was acknowledged is there, and no request is half.</summary>
public sealed class VaultCrashTests
{
    private const int Together = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_kill_9_under_entry_writes_every_acknowledged_change_is_there_and_none_half()
    {
        await using var server = await RealServer.Start();
        for (var life = 0; life < 3; life++)
        {
            var acknowledged = new ConcurrentDictionary<Id, EntryChange>();
            using var member = server.Sender();
            var load = Enumerable.Range(0, 8).Select(_ => Writes(member, acknowledged)).ToList();
            await Eventually.Holds(() => acknowledged.Count > 60 * Together);
            await server.Kill();
            await Task.WhenAll(load);
            await server.StartAgain();

            server.Store.CheckFiles();
            using var main = server.Store.OpenMain();
            foreach (var (entry, last) in acknowledged)
            {
                // The save under way at the kill may have happened without its answer: never fewer than acknowledged.
                using var row = main.Query("SELECT revision, sealed FROM entries WHERE entry = @entry", ("@entry", entry));
                Assert.True(row.Read());
                Assert.InRange(row.GetInt64(0), last.Base + 1, last.Base + 2);
                Assert.True(row.GetInt64(0) > last.Base + 1 || row.Bytes(1).AsSpan().SequenceEqual(last.Sealed));
            }

            Assert.Equal(0L, main.Scalar("SELECT count(*) FROM (SELECT 1 FROM entries GROUP BY substr(sealed, 1, 16) HAVING count(*) <> 5) AS torn"));
            Assert.Equal(0L, main.Scalar(
                "SELECT count(*) FROM entries e WHERE e.revision <> 1 + (SELECT count(*) FROM entry_revisions r WHERE r.entry = e.entry AND r.revision < e.revision)"));
            Assert.Equal(
                main.Scalar("SELECT CAST(sum(revision) AS BIGINT) FROM entries"),
                Entries.Of(main, "entries").Sum(entry => (long)entry.GetProperty("changes").GetArrayLength()));
            Assert.Equal(
                main.Scalar("SELECT CAST(sum(length(sealed)) + (SELECT coalesce(sum(length(sealed)), 0) FROM entry_revisions) AS BIGINT) FROM entries"),
                main.Scalar("SELECT vault_bytes FROM organizations"));
        }
    }

    /// <summary>Five entries at a time, saved again and again; those of one request begin with the same 16 bytes.</summary>
    private static async Task Writes(Sender member, ConcurrentDictionary<Id, EntryChange> acknowledged)
    {
        try
        {
            while (true)
            {
                var entries = Enumerable.Range(0, Together).Select(_ => BatonServer.NewId()).ToList();
                for (var from = 0; from < 4; from++)
                {
                    var mark = Colleague.Bytes(16);
                    var changes = entries.Select(entry => Colleague.Save(member.Group, entry, from)).ToList();
                    changes.ForEach(change => mark.CopyTo(change.Sealed!, 0));
                    using var answer = await member.Post("/api/entries", new EntryChanges(changes));
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                    changes.ForEach(change => acknowledged[change.Entry] = change);
                }
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }
}
