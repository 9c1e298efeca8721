using System.Globalization;
using Baton.Chaos;
using Baton.Chaos.Checking;
using Baton.Chaos.Recording;
using Baton.Chaos.Targets;

const string Usage = "Baton.Chaos run SERVER [TARGET…]   TARGET: sqlite, postgres, nodes\nBaton.Chaos check HISTORY";

switch (args)
{
    case ["check", var file]:
        return Report.Print(Path.GetFileNameWithoutExtension(file), History.Read(file)) == 0 ? 0 : 1;
    case ["run", var server, .. var names]:
        var load = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("CHAOS_SECONDS") ?? "60", CultureInfo.InvariantCulture));
        var violations = 0;
        foreach (var name in names.Length == 0 ? Installations.All.Keys : names)
        {
            violations += await Installations.Torment(name, Path.GetFullPath(server), load);
        }

        Console.WriteLine($"violations: {violations}");
        return violations == 0 ? 0 : 1;
    default:
        await Console.Error.WriteLineAsync(Usage);
        return 2;
}
