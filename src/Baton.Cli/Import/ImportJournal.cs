using System.Text.Json;
using Baton.Protocol;

namespace Baton.Cli.Import;

/// <summary>
/// Which entries and groups an import is writing, kept before the first is sent and gone once all are there. A request holds a
/// few hundred entries and is whole or not at all, an import holds thousands: if it is cut off between two requests, this says
/// what to take out again. No secret is in it. $XDG_CONFIG_HOME/baton/import.json
/// </summary>
/// <param name="Source">The file's name, for people.</param>
/// <param name="Groups">Groups that the import made.</param>
/// <param name="Entries">Entry by entry: its group and its id.</param>
internal sealed record ImportJournal(string Server, string Member, string Source, IReadOnlyList<string> Groups, IReadOnlyList<ImportedId> Entries)
{
    private static string Location => PrivateFile.Named("import.json");

    /// <summary>The one that an earlier import left behind; null where none did.</summary>
    public static ImportJournal? Left()
    {
        try
        {
            return File.Exists(Location) ? JsonSerializer.Deserialize(File.ReadAllText(Location), CliJson.Shared.ImportJournal) : null;
        }
        catch (JsonException)
        {
            throw new CommandFailedException(ExitCode.Input, $"{Location} can't be read.", "It names the entries of an import that was cut off. Remove it if none was.");
        }
    }

    public void Save() => PrivateFile.Replace(Location, file => JsonSerializer.Serialize(file, this, CliJson.Shared.ImportJournal));

    public static void Delete() => File.Delete(Location);
}

/// <summary>An entry that an import makes.</summary>
internal sealed record ImportedId(Id Group, Id Entry);
