using System.Reflection;

namespace Baton.Server.Operations;

/// <summary>Where the built pages are: inside the program, unless a directory is given.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "wwwroot/";

    private static readonly Assembly Program = typeof(PageFiles).Assembly;

    private readonly string? directory;
    private readonly HashSet<string> names;

    /// <param name="directory">As `make web` wrote it; null for those in the program.</param>
    public PageFiles(string? directory)
    {
        this.directory = directory;
        names = (directory is null
            ? Program.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..])
            : Directory.Exists(directory)
                ? Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(directory, path).Replace('\\', '/'))
                : []).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>For people who look for them.</summary>
    public string Place => directory ?? "this program";

    /// <summary>Relative, with slashes.</summary>
    public IReadOnlyCollection<string> Names => names;

    /// <summary>Null when it isn't there.</summary>
    public byte[]? Read(string name)
    {
        if (!names.Contains(name))
        {
            return null;
        }

        if (directory is not null)
        {
            return File.ReadAllBytes(Path.Combine(directory, name));
        }

        using var stream = Program.GetManifestResourceStream(Prefix + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
