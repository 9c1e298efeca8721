using Baton.Protocol;
using Baton.Server.Features.Moving;
using Baton.Server.Storage;
using Baton.Server.Tests.Handovers;
using Baton.Server.Tests.Log;

namespace Baton.Server.Tests.Moving;

/// <summary>baton-server backup: what is in the file, what is not, and that it is from one moment.</summary>
public sealed class BackupTests : HandoverTests
{
    /// <summary>What a backup holds of each table is a decision: a new one belongs here or into <see cref="BackupFile.LeftOut"/>.</summary>
    private static readonly string[] Held =
    [
        "attachment_chunks", "attachments", "cards", "details", "entries", "entry_files", "entry_revisions", "follow_ups", "grants", "group_keys", "groups",
        "handovers", "installation", "invitations", "invited_groups", "leavers", "ledger", "logs", "members", "organizations", "personal", "policies",
        "reissues", "replies", "stamped", "stamps", "tiles", "tombstones",
    ];

    [Fact]
    public async Task Everything_is_in_it_but_what_could_still_be_opened()
    {
        var waiting = await Sender.Waiting();
        var files = TestHandover.New(Sender.Group, files: [26]);
        await Sender.Create(files);
        var chunk = BatonServer.NewId().ToBytes().Concat(new byte[10]).ToArray();
        await Sender.PutChunk(files, 0, 0, chunk);
        using var backup = new Restored();

        var said = await backup.Of(Server);

        var rows = backup.Rows();
        Assert.Equal(Held, rows.Keys.Except([.. BackupFile.LeftOut, "backup_tables"]).Order(StringComparer.Ordinal));
        foreach (var table in Held.Except(["ledger", "logs", "tiles"]))
        {
            Assert.Equal((table, Stored.Count(Server, table)), (table, rows[table]));
        }

        string[] opened = ["sealed", "files", "chunks", "drafts", "sessions"];
        Assert.All(opened, table => Assert.True(Stored.Count(Server, table) > 0, table));
        Assert.All(BackupFile.LeftOut, table => Assert.Equal((table, 0), (table, rows[table])));

        var bytes = await File.ReadAllBytesAsync(backup.File, Cancel);
        foreach (var secret in new[] { waiting.Request.Share, waiting.Request.Sealed, files.Request.Share, files.Request.Sealed, chunk })
        {
            Assert.True(bytes.AsSpan().IndexOf(secret) < 0);
        }

        Assert.True(bytes.AsSpan().IndexOf(waiting.Request.Details) >= 0);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup.File));
        Assert.Contains("entries of 127.0.0.1/log", said, StringComparison.Ordinal);
        Assert.Contains($"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}  {backup.File}", said, StringComparison.Ordinal);
        Assert.Equal([backup.File], Directory.GetFiles(Path.GetDirectoryName(backup.File)!));
    }

    [Fact]
    public async Task Made_under_load_it_is_of_one_moment_and_the_ledger_in_it_is_whole()
    {
        using var backup = new Restored();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var before = await Sender.Waiting();
        var senders = Enumerable.Range(0, 8).Select(_ => Task.Run(Send, Cancel)).ToArray();
        try
        {
            await Eventually.Holds(() => Stored.Count(Server, "handovers") > 40);
            await backup.Of(Server);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(senders);
        }

        await backup.Restore(Server);
        var (code, output, _) = await Copy.Check(backup.Store);
        Assert.True(code == 0, output);
        var rows = backup.Rows();
        Assert.Equal(rows["handovers"], rows["details"]);
        Assert.InRange(rows["handovers"], 41, Stored.Count(Server, "handovers"));
        Assert.Equal(["created"], await Sender.Story(before));

        async Task Send()
        {
            while (!end.IsCancellationRequested)
            {
                await Sender.Waiting();
            }
        }
    }

    [Fact]
    public async Task A_changed_cut_or_foreign_file_is_refused()
    {
        await Sender.Waiting();
        using var whole = new Restored();
        await whole.Of(Server);
        Assert.Equal(0, (await Restored.Backup("--check", whole.File)).Code);

        foreach (var (change, named) in new[]
        {
            ("UPDATE organizations SET name = 'Other'", "organizations"),
            ("DELETE FROM ledger WHERE id = 1", "ledger"),
            ("INSERT INTO tombstones (locator_hash) VALUES (x'00')", "tombstones"),
            ("UPDATE members SET kdf_memory = 65537", "members"),
            ("UPDATE backup_tables SET digest = x'00' WHERE name = 'cards'", "cards"),
            ("DROP TABLE entries", "entries"),
        })
        {
            using var changed = new Restored();
            File.Copy(whole.File, changed.File);
            changed.Tamper(change);
            await Refused(changed.File, $"is damaged: table {named} is not what was written");
        }

        using var cut = new Restored();
        await File.WriteAllBytesAsync(cut.File, (await File.ReadAllBytesAsync(whole.File, Cancel))[..^8192], Cancel);
        await Refused(cut.File, "is damaged");
        await File.WriteAllTextAsync(cut.File, "no database at all", Cancel);
        await Refused(cut.File, "is no backup of Baton");
        await Refused(Path.Combine(cut.Store.Data, "nothing"), "");

        async Task Refused(string file, string why)
        {
            using var data = new Restored();
            foreach (var (code, output, errors) in new[] { await Restored.Backup("--check", file), await Restored.Restore([file, .. data.Store.Settings]) })
            {
                Assert.Equal((2, ""), (code, output));
                Assert.Contains(why, errors, StringComparison.Ordinal);
            }

            Assert.False(File.Exists(Path.Combine(data.Store.Data, "baton.db")));
        }
    }

    [Fact]
    public async Task It_overwrites_nothing_and_says_what_it_does_not_understand()
    {
        using var place = new Restored();
        await File.WriteAllTextAsync(place.At("there"), "", Cancel);
        Assert.Contains("is there already", (await Restored.Backup([place.At("there"), .. Server.Store.Settings])).Errors, StringComparison.Ordinal);
        Assert.Contains("holds no data", (await Restored.Backup(place.At("new"), "--data", place.At("none"))).Errors, StringComparison.Ordinal);
        foreach (var words in new string[][] { [], ["a", "b"], ["--check"], ["--all"] })
        {
            Assert.StartsWith("baton-server backup FILE", (await Restored.Backup(words)).Errors, StringComparison.Ordinal);
        }

        Assert.StartsWith("baton-server restore FILE", (await Restored.Restore()).Errors, StringComparison.Ordinal);
        Assert.Equal([place.At("there")], Directory.GetFiles(Path.GetDirectoryName(place.File)!));
    }

    [Fact]
    public async Task A_store_that_is_in_use_or_not_empty_is_not_restored_into()
    {
        using var backup = new Restored();
        await backup.Of(Server);
        Assert.Contains("can't be used", (await Restored.Restore([backup.File, .. Server.Store.Settings])).Errors, StringComparison.Ordinal);
        await backup.Restore(Server);
        Assert.Matches("holds a database already|is not empty", (await Restored.Restore([backup.File, .. backup.Store.Settings])).Errors);
    }

    [Fact]
    public async Task A_restored_backup_refuses_to_start_until_it_was_recovered_and_then_nothing_that_waited_opens()
    {
        var waiting = await Sender.Waiting();
        var read = await Sender.Waiting();
        await Open(Page, read);
        using var backup = new Restored();
        await backup.Of(Server);
        await backup.Restore(Server);
        string[] settings = [.. backup.Store.Settings, "--listen", "http://127.0.0.1:0"];

        Assert.Contains("has no ledger.key", Refusal(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(backup.Store.Data, "ledger.key")));
        File.Copy(Path.Combine(Server.Data, "ledger.key"), Path.Combine(backup.Store.Data, "ledger.key"));
        Assert.Contains("restored backup", Refusal(), StringComparison.Ordinal);
        File.Delete(Path.Combine(backup.Store.Data, "ledger.key"));
        Assert.Equal((0, ""), await Recover());

        await using var again = await BatonServer.StartIn(backup.Store, Server.Clock);
        var (client, member) = await again.SignedIn(Role.Owner, Sender.Member.Organization, (Sender.Group, Right.Manage));
        using var sender = new Sender(client, Sender.Group, member);
        using var page = new Reader(again);
        Assert.Equal(["created", "void"], await sender.Story(waiting));
        Assert.Equal(["created", "claimed", "void"], await sender.Story(read));
        await Expect(System.Net.HttpStatusCode.NotFound, page.Claim(waiting));
        await Expect(System.Net.HttpStatusCode.NotFound, page.Lookup(read));
        await sender.Waiting();

        string Refusal() => Assert.Throws<RefusedToStartException>(() => BatonHost.Create(settings, Server.Clock)).Message;

        async Task<(int, string)> Recover()
        {
            var (code, _, errors) = await Copy.Run(Server.Clock, ["--reason", "disk failed", .. backup.Store.Settings]);
            return (code, errors);
        }
    }
}
