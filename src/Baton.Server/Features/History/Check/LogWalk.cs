using Baton.Server.Storage;

namespace Baton.Server.Features.History;

/// <summary>Goes through one log from its first entry to the last it had when the row was read, a few thousand entries in one look at the database.</summary>
internal sealed class LogWalk(Database database, LogRow log)
{
    private const int TilesAtOnce = 16;

    /// <summary>Entries read so far, and what was found in that step.</summary>
    public IEnumerable<(long Done, IReadOnlyList<Damage> Found)> Steps()
    {
        var tiles = (log.Size + Tiles.Width - 1) / Tiles.Width;
        for (var from = 0L; from == 0 || from < tiles; from += TilesAtOnce)
        {
            var to = Math.Min(tiles, from + TilesAtOnce);
            yield return (Math.Min(log.Size, to * Tiles.Width), Look(from, to));
        }
    }

    private List<Damage> Look(long from, long to) => database.ReadSnapshot(connection =>
    {
        var check = new LogCheck(connection.Query, log);
        var found = from == 0 ? check.Head().ToList() : [];
        for (var tile = from; tile < to; tile++)
        {
            found.AddRange(check.Under(tile));
        }

        return found;
    });
}
