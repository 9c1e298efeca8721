using System.Security.Cryptography;
using Baton.Server.Security;
using Baton.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Baton.Server.Tests.Host;

/// <summary>What is wrong on disk is said before anything listens, with what to do about it, and nothing is changed.</summary>
public sealed class BootTests : IAsyncLifetime
{
    private readonly string data = BatonServer.NewDirectory();
    private readonly ManualClock clock = new();

    /// <summary>A server has run here once.</summary>
    public async ValueTask InitializeAsync() => await (await BatonServer.StartIn(data, clock)).DisposeAsync();

    public ValueTask DisposeAsync()
    {
        Directory.Delete(data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Key_files_are_their_owners_alone()
    {
        foreach (var file in new[] { ServerKey.FileName, LedgerKey.FileName })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data, file)));
        }

        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(data) & (UnixFileMode.OtherRead | UnixFileMode.OtherExecute));
    }

    [Theory]
    [InlineData(ServerKey.FileName, UnixFileMode.OtherRead)]
    [InlineData(LedgerKey.FileName, UnixFileMode.GroupRead)]
    [InlineData(LedgerKey.FileName, UnixFileMode.OtherWrite)]
    public async Task A_key_file_that_others_can_touch_is_refused(string file, UnixFileMode others)
    {
        var path = Path.Combine(data, file);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | others);
        await Refused($"{path} can be read by others on this machine.\nRun: chmod 600 '{path}'");
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task A_data_directory_that_others_can_enter_is_refused(UnixFileMode others)
    {
        File.SetUnixFileMode(data, File.GetUnixFileMode(data) | others);
        await Refused($"{data} is open to others on this machine.\nRun: chmod 700 '{data}'");
    }

    [Theory]
    [InlineData(ServerKey.FileName)]
    [InlineData(LedgerKey.FileName)]
    public async Task Another_installations_key_is_refused(string file)
    {
        var other = BatonServer.NewDirectory();
        await (await BatonServer.StartIn(other, clock)).DisposeAsync();
        File.Copy(Path.Combine(other, file), Path.Combine(data, file), overwrite: true);
        Directory.Delete(other, recursive: true);
        await Refused($"{file} is not the one this database was begun with.\nPut the {file} of this installation back into the data directory.");
    }

    [Theory]
    [InlineData(ServerKey.FileName)]
    [InlineData(LedgerKey.FileName)]
    public async Task A_lost_key_is_not_quietly_replaced(string file)
    {
        File.Delete(Path.Combine(data, file));
        await Refused($"{file} is not the one this database was begun with.");
    }

    [Fact]
    public async Task A_broken_key_file_is_refused()
    {
        var path = Path.Combine(data, LedgerKey.FileName);
        await File.WriteAllTextAsync(path, "localhost/log\nno key", TestContext.Current.CancellationToken);
        await Refused($"{path} is not a ledger key.");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        Sql("INSERT INTO migrations (number, name, sha256, applied_at) VALUES (9000, '9000_later', x'00', 1)");
        await Refused("The database has migration 9000_later, which this version does not know");
    }

    [Fact]
    public async Task A_changed_migration_is_refused()
    {
        Sql("UPDATE migrations SET sha256 = x'00' WHERE number = 2");
        await Refused("Migration 0002_members is not the one that was applied to this database");
    }

    [Theory]
    [InlineData("0001_handovers")]
    [InlineData("0001_handovers", "0002_members")]
    public async Task An_older_database_is_brought_up_to_date(params string[] applied)
    {
        foreach (var file in Directory.GetFiles(data, "baton.db*"))
        {
            File.Delete(file);
        }

        using (var older = Connection.OpenWriter(Path.Combine(data, "baton.db")))
        {
            Migrator.Run(older, Dialect.Sqlite, [.. applied.Select((name, i) => new Migration(i + 1, name, Repository.Read($"src/Baton.Server/Storage/Migrations/{name}.sql")))], clock);
        }

        await using var server = await BatonServer.StartIn(data, clock);
        using var owner = await server.Register();
    }

    [Fact]
    public async Task A_data_directory_has_one_server()
    {
        await using var first = await BatonServer.StartIn(data, clock);
        await Refused($"{data} can't be used");
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
            await using var server = await BatonServer.StartIn(data, clock, settings);
            return ((LedgerKey)server.Services.GetService(typeof(LedgerKey))!).VerifyingKey;
        }
    }

    private async Task Refused(string message)
    {
        var refused = await Assert.ThrowsAsync<RefusedToStartException>(() => BatonServer.StartIn(data, clock));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>C2SP's notes are in standard base64; Baton's own wire is not.</summary>
    private static byte[] Standard(string base64)
    {
        var bytes = new byte[base64.Length];
        Assert.True(Convert.TryFromBase64String(base64, bytes, out var written));
        return bytes[..written];
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "baton.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
