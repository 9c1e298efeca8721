namespace Baton.Benchmarks;

/// <summary>What is printed: sections, and rows with their bar beside them.</summary>
internal static class Report
{
    public static void Section(string title) => Console.WriteLine($"\n== {title} ==");

    public static void Row(string what, string seen) => Console.WriteLine($"{what,-28}{seen}");

    public static void Row(string what, string seen, string bar, bool met) => Console.WriteLine($"{what,-28}{seen}   [{bar}: {(met ? "met" : "MISSED")}]");
}
