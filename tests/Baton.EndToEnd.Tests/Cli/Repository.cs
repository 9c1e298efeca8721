namespace Baton.EndToEnd.Tests.Cli;

/// <summary>The folder of this repository, above wherever the tests were built.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("The tests run outside the repository.")
        : File.Exists(Path.Combine(folder.FullName, "Baton.slnx")) ? folder.FullName
        : Find(folder.Parent);
}
