using System.Globalization;

namespace Baton.Chaos.Machines;

/// <summary>A wall clock that can be set, for one process: libfaketime reads how far it is off from a file. Intervals are measured as ever.</summary>
internal sealed class Clock
{
    private readonly string file;

    private Clock(string library, string file)
    {
        this.file = file;
        Set(0);
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",

            // Its repair of waits with a deadline breaks those of .NET.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
            ["DONT_FAKE_MONOTONIC"] = "1",
        };
    }

    /// <summary>What the process is started with.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Null: libfaketime is not installed.</summary>
    public static Clock? Find(string folder) =>
        Directory.EnumerateDirectories("/usr/lib", "faketime", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true })
            .Select(found => Path.Combine(found, "libfaketimeMT.so.1")).FirstOrDefault(File.Exists) is { } library
            ? new Clock(library, Path.Combine(folder, "clock"))
            : null;

    public void Set(int seconds) => File.WriteAllText(file, seconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n");
}
