using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Moving;

/// <summary>All tables of a SQLite store on their way into PostgreSQL, and the comparison of what arrived with what was sent.</summary>
/// <param name="main">The main store; nobody writes to it.</param>
/// <param name="shares">The share store; null where there is none, as with a backup.</param>
internal sealed class Transfer(Connection main, Connection? shares, MoveTarget target)
{
    private const long TellEach = 100_000;

    private readonly List<Table> tables = Table.AllOf(main).FindAll(table => !MoveMark.IsOwn(table.Name));

    /// <summary>Copies what is not there yet.</summary>
    public void Copy(TextWriter progress)
    {
        foreach (var table in tables)
        {
            var told = 0L;
            target.Copy(table, main, copied =>
            {
                if (copied / TellEach > told)
                {
                    told = copied / TellEach;
                    progress.WriteLine($"{table.Name}: {copied} rows");
                }
            });
        }

        MoveTarget.GoOnCounting(main, target.Main);
        if (shares is not null)
        {
            target.CopyShares(Table.AllOf(shares), shares);
            MoveTarget.GoOnCounting(shares, target.Shares);
        }
    }

    /// <summary>What is not there as it was here; null: nothing.</summary>
    public string? Difference(TextWriter output)
    {
        var compared = tables.ConvertAll(table => (table, From: main, To: target.Main));
        compared.AddRange(shares is { } kept ? Table.AllOf(kept).ConvertAll(table => (table, From: kept, To: target.Shares)) : []);
        var total = 0L;
        foreach (var (table, from, to) in compared)
        {
            var (was, now) = (BackupFile.Count(table, from), MoveTarget.Count(table, to));
            if (!now.Is(was.Rows, was.Digest))
            {
                return $"Table {table.Name} has {now.Rows} rows there and {was.Rows} here, or one of them is another.";
            }

            total += now.Rows;
        }

        var chain = LogRow.Chain(target.Main.Query);
        if (chain.Count > 0 && new LogCheck(target.Main.Query, chain[^1]).Head().FirstOrDefault() is { } damage)
        {
            return damage.ToString();
        }

        output.WriteLine($"{total} rows of {compared.Count} tables, {(chain.Count == 0 ? "no log" : $"{chain[^1].Size} entries of {chain[^1].Origin}")}: all as they were.");
        return null;
    }
}
