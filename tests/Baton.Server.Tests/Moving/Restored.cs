using Baton.Server.Features.Moving;
using Baton.Server.Storage;

namespace Baton.Server.Tests.Moving;

/// <summary>A backup of a running server, made with the product's command, and an empty store for it.</summary>
internal sealed class Restored : IDisposable
{
    private readonly string place = BatonServer.NewDirectory();

    public string File => At("backup");

    public Store Store { get; } = Store.New();

    /// <summary>A file beside the backup.</summary>
    public string At(string name) => Path.Combine(place, name);

    /// <summary>baton-server backup.</summary>
    public static async Task<(int Code, string Output, string Errors)> Backup(params string[] words)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        return (await BackupCommand.RunAsync(words, output, errors, TimeProvider.System), output.ToString(), errors.ToString());
    }

    /// <summary>baton-server restore.</summary>
    public static async Task<(int Code, string Output, string Errors)> Restore(params string[] words)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        return (await RestoreCommand.RunAsync(words, output, errors, TimeProvider.System), output.ToString(), errors.ToString());
    }

    /// <summary>Backs the server up; gives what the command said.</summary>
    public async Task<string> Of(BatonServer server)
    {
        var (code, output, errors) = await Backup([File, .. server.Store.Settings]);
        Assert.Equal((0, ""), (code, errors));
        return output;
    }

    /// <summary>Restores the file and puts the server key beside it.</summary>
    public async Task Restore(BatonServer from)
    {
        var (code, _, errors) = await Restore([File, .. Store.Settings]);
        Assert.Equal((0, ""), (code, errors));
        System.IO.File.Copy(Path.Combine(from.Data, "server.key"), Path.Combine(Store.Data, "server.key"));
    }

    /// <summary>Rows of each table in the file.</summary>
    public Dictionary<string, long> Rows()
    {
        using var file = Connection.OpenReader(File);
        return Table.AllOf(file).ToDictionary(table => table.Name, table => BackupFile.Count(table, file).Rows, StringComparer.Ordinal);
    }

    /// <summary>Changes something in the file behind the product's back.</summary>
    public void Tamper(string sql)
    {
        using var file = Connection.OpenWriter(File);
        file.Script(sql);
    }

    public void Dispose()
    {
        Directory.Delete(place, recursive: true);
        Store.Dispose();
    }
}
