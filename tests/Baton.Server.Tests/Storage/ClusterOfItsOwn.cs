using System.Diagnostics;
using Npgsql;

namespace Baton.Server.Tests.Storage;

/// <summary>A PostgreSQL that one test may bring into trouble: eng/postgres.sh in a folder of its own.</summary>
internal sealed class ClusterOfItsOwn : IDisposable
{
    public ClusterOfItsOwn() => Folder = Directory.CreateTempSubdirectory("baton-cluster-").FullName;

    public string Folder { get; }

    /// <summary>The administrator's connection string, through the socket.</summary>
    public string Administrator { get; private set; } = "";

    /// <summary>Starts it with these settings, NAME=VALUE.</summary>
    public void Start(params string[] settings) => Administrator = Run(Path.Combine(Repository.Root, "eng", "postgres.sh"), ["start", Folder, .. settings]);

    public void Execute(params string[] statements)
    {
        using var connection = new NpgsqlConnection(Administrator);
        connection.Open();
        foreach (var text in statements)
        {
            using var command = new NpgsqlCommand(text, connection);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Its output, once it has ended well.</summary>
    public static string Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    public void Dispose() => Run(Path.Combine(Repository.Root, "eng", "postgres.sh"), "stop", Folder);
}
