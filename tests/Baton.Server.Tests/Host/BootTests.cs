using System.Security.Cryptography;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Tests.Host;

/// <summary>What is wrong on disk is said before anything listens, with what to do about it, and nothing is changed.</summary>
public sealed class BootTests : IAsyncLifetime
{
    private readonly Store store = Store.New();
    private readonly ManualClock clock = new();

    private string Data => store.Data;

    /// <summary>A server has run here once.</summary>
    public async ValueTask InitializeAsync() => await (await BatonServer.StartIn(store, clock)).DisposeAsync();

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Key_files_are_their_owners_alone()
    {
        foreach (var file in new[] { ServerKey.FileName, LedgerKey.FileName })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, file)));
        }

        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Data) & (UnixFileMode.OtherRead | UnixFileMode.OtherExecute));
    }

    [Theory]
    [InlineData(ServerKey.FileName, UnixFileMode.OtherRead)]
    [InlineData(LedgerKey.FileName, UnixFileMode.GroupRead)]
    [InlineData(LedgerKey.FileName, UnixFileMode.OtherWrite)]
    public async Task A_key_file_that_others_can_touch_is_refused(string file, UnixFileMode others)
    {
        var path = Path.Combine(Data, file);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | others);
        await Refused($"{path} can be read by others on this machine.\nRun: chmod 600 '{path}'");
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task A_data_directory_that_others_can_enter_is_refused(UnixFileMode others)
    {
        File.SetUnixFileMode(Data, File.GetUnixFileMode(Data) | others);
        await Refused($"{Data} is open to others on this machine.\nRun: chmod 700 '{Data}'");
    }

    [Theory]
    [InlineData(ServerKey.FileName)]
    [InlineData(LedgerKey.FileName)]
    public async Task Another_installations_key_is_refused(string file)
    {
        using var other = Store.New();
        await (await BatonServer.StartIn(other, clock)).DisposeAsync();
        File.Copy(Path.Combine(other.Data, file), Path.Combine(Data, file), overwrite: true);
        await Refused($"{file} is not the one this database was begun with.\nPut the {file} of this installation back into the data directory.");
    }

    [Theory]
    [InlineData(ServerKey.FileName)]
    [InlineData(LedgerKey.FileName)]
    public async Task A_lost_key_is_not_quietly_replaced(string file)
    {
        File.Delete(Path.Combine(Data, file));
        await Refused($"{Data} has no {file}, and its database was begun with one.\nPut the {file} of this installation back into the data directory.");
        Assert.False(File.Exists(Path.Combine(Data, file)));
    }

    [Fact]
    public async Task A_broken_key_file_is_refused()
    {
        var path = Path.Combine(Data, LedgerKey.FileName);
        await File.WriteAllTextAsync(path, "localhost/log\nno key", TestContext.Current.CancellationToken);
        await Refused($"{path} is not a ledger key.");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        store.Script("INSERT INTO migrations (number, name, sha256, applied_at) VALUES (9000, '9000_later', {zeros 32}, 1)");
        await Refused("The database has migration 9000_later, which this version does not know");
    }

    [Fact]
    public async Task A_changed_migration_is_refused()
    {
        store.Script("UPDATE migrations SET sha256 = {zeros 32} WHERE number = 2");
        await Refused("Migration 0002_members is not the one that was applied to this database");
    }

    [Theory]
    [InlineData("0001_handovers")]
    [InlineData("0001_handovers", "0002_members")]
    public async Task An_older_database_is_brought_up_to_date(params string[] applied)
    {
        store.EmptyMain();
        using (var older = store.OpenMain())
        {
            Migrator.Run(older, store.Dialect, [.. applied.Select((name, i) => new Migration(i + 1, name, Repository.Read($"src/Baton.Server/Storage/Migrations/{name}.sql")))], clock);
        }

        await using var server = await BatonServer.StartIn(store, clock);
        using var owner = await server.Register();
    }

    [Fact]
    public async Task A_data_directory_has_one_server()
    {
        await using var first = await BatonServer.StartIn(store, clock);
        await Refused($"{Data} can't be used");
    }

    [Fact]
    public async Task The_ledgers_key_stays_and_its_text_is_a_verifying_key()
    {
        string[] texts = [await Key("--public-url", "https://localhost", "--trusted-proxy", "127.0.0.1"), await Key()];
        Assert.Equal(texts[0], texts[1]);
        var parts = texts[0].Split('+', 3);
        Assert.Equal("127.0.0.1/log", parts[0]);
        var key = Standard(parts[2]);
        Assert.Equal(0x02, key[0]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(key.AsSpan(1))[..4]), parts[1]);
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key.AsSpan(1), out var read);
        Assert.Equal(key.Length - 1, read);

        async Task<string> Key(params string[] settings)
        {
            await using var server = await BatonServer.StartIn(store, clock, settings);
            return ((LedgerKey)server.Services.GetService(typeof(LedgerKey))!).VerifyingKey;
        }
    }

    private async Task Refused(string message)
    {
        var refused = await Assert.ThrowsAsync<RefusedToStartException>(() => BatonServer.StartIn(store, clock));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>C2SP's notes are in standard base64; Baton's own wire is not.</summary>
    private static byte[] Standard(string base64)
    {
        var bytes = new byte[base64.Length];
        Assert.True(Convert.TryFromBase64String(base64, bytes, out var written));
        return bytes[..written];
    }
}
