namespace Baton.EndToEnd.Tests;

/// <summary>The folder of this repository, above wherever the tests were built.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Pictures of pages, for people to look at.</summary>
    public static string Screens { get; } = Directory.CreateDirectory(Path.Combine(Folder, "artifacts", "screens")).FullName;

    /// <summary>The pages as the web build left them.</summary>
    public static string Pages { get; } = Path.Combine(Folder, "src", "Baton.Server", "wwwroot");

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("The tests run outside the repository.")
        : File.Exists(Path.Combine(folder.FullName, "Baton.slnx")) ? folder.FullName
        : Find(folder.Parent);
}
