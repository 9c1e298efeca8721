using System.Text;

namespace Baton.EndToEnd.Tests;

/// <summary>What a server keeps on disk.</summary>
internal static class KeptData
{
    /// <summary>No file in the directory has one of these texts in it. Short ones are left out: four letters may stand anywhere by chance.</summary>
    /// <param name="data">The data directory, of a server that may be running.</param>
    /// <param name="texts">What must not be there.</param>
    /// <param name="atLeast">How many texts there have to be, so that an empty list proves nothing.</param>
    public static void HoldsNothingOf(string data, IEnumerable<string?> texts, int atLeast)
    {
        var sought = texts.OfType<string>().Where(text => text.Length >= 6).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(sought.Count >= atLeast, $"{sought.Count} texts to look for");
        // The lock file is empty, and held.
        var files = Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock").ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var bytes = Read(file);
            Assert.All(sought, text => Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) < 0, $"{Path.GetFileName(file)} holds {text}"));
        }
    }

    /// <summary>A server that runs empties and deletes files of its own: one that went holds nothing, one that shrank what is left of it.</summary>
    private static byte[] Read(string file)
    {
        try
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            open.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
