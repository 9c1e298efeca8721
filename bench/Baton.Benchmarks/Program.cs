using System.Globalization;
using Baton.Benchmarks;

// Measures a published baton-server and baton on this machine: everything (Whole), or one part of it.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case [Bare.Argument]:
        await Bare.Serve();
        return 0;
    case ["ledger", var program]:
        await LedgerGrowth.Measure(program);
        EvidenceTimes.Measure();
        return 0;
    case ["compare", var time, var many, .. var programs]:
        await Comparison.Measure(programs, Seconds(time), int.Parse(many, CultureInfo.InvariantCulture));
        return 0;
    case ["operations", var program, var time]:
        await Whole.OperationsOnSqlite(program, Seconds(time));
        return 0;
    case ["postgres", var program, var time]:
        await Whole.OperationsOnPostgres(program, Seconds(time));
        return 0;
    case ["times", var program]:
        await UniformTimes.Measure(program);
        return 0;
    case ["sqlite", var program, var time]:
        await RawSqlite.Measure(program, Seconds(time));
        return 0;
    case ["growth", var program, .. var sizes]:
        await StoreGrowth.Measure(program, Rows(sizes));
        return 0;
    case ["pages", var program, var cli]:
        await Whole.Pages(program, cli);
        return 0;
    case [var server, var cli, .. var sizes] when File.Exists(server) && File.Exists(cli):
        await Whole.Measure(server, cli, Rows(sizes));
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            """
            bench SERVER CLI [ROWS…]                  everything
            bench operations SERVER SECONDS           each operation on SQLite
            bench postgres SERVER SECONDS             each operation on PostgreSQL, pgbench, two nodes
            bench sqlite SERVER SECONDS               the same writes without a server
            bench times SERVER                        what a stopwatch tells of refused links and sign-ins
            bench growth SERVER ROWS…                 stores that grow
            bench ledger SERVER                       a log that grows
            bench pages SERVER CLI                    the recipient's page, a vault of ten thousand
            bench compare SECONDS CONNECTIONS SERVER… builds in turn
            """);
        return 2;
}

static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

static IReadOnlyList<long> Rows(string[] sizes) => [.. sizes.Select(size => long.Parse(size, CultureInfo.InvariantCulture))];
