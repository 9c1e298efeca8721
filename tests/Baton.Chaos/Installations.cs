using Baton.Chaos.Recording;
using Baton.Chaos.Targets;

namespace Baton.Chaos;

/// <summary>The targets by name, each in a temporary folder that is gone afterwards.</summary>
internal static class Installations
{
    public static IReadOnlyDictionary<string, Func<string, string, Task<Target>>> All { get; } = new Dictionary<string, Func<string, string, Task<Target>>>(StringComparer.Ordinal)
    {
        ["sqlite"] = async (server, folder) => await SqliteTarget.Start(server, folder),
        ["postgres"] = async (server, folder) => await PostgresTarget.Start(server, folder, nodes: 1),
        ["nodes"] = async (server, folder) => await PostgresTarget.Start(server, folder, nodes: 2),
    };

    /// <returns>How many violations.</returns>
    public static async Task<int> Torment(string name, string server, TimeSpan load)
    {
        var folder = Directory.CreateTempSubdirectory("baton-chaos-").FullName;

        // PostgreSQL runs as a user of its own, who has to get through to its folder.
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        try
        {
            History history;
            await using (var target = await All[name](server, folder))
            {
                history = await new Run(target, load).Torment();
                foreach (var impossible in target.Impossible)
                {
                    Console.WriteLine($"{name}: not here: {impossible}");
                }
            }

            var kept = Path.Combine(Directory.CreateDirectory(Path.Combine("artifacts", "chaos")).FullName, name + ".json");
            history.Write(kept);
            return Report.Print(name, history);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
