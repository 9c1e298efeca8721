using Baton.Server.Storage;

namespace Baton.Server.Security;

/// <summary>A key in the data directory: made at the first start, readable by its owner alone, and checked for that at every start.</summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="make">Makes the content when there is none yet.</param>
    /// <exception cref="RefusedToStartException">Others may read the file.</exception>
    public static byte[] ReadOrMake(string path, Func<byte[]> make)
    {
        if (!File.Exists(path))
        {
            Write(path, make());
        }

        Check(path);
        return File.ReadAllBytes(path);
    }

    /// <summary>A text with a password in it, which somebody else has put there.</summary>
    /// <exception cref="RefusedToStartException">Others may read the file, or it can't be read.</exception>
    public static string ReadText(string path)
    {
        try
        {
            Check(path);
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusedToStartException($"{path} can't be read: {exception.Message}", $"Put it there, readable by {Environment.UserName} alone (chmod 600).");
        }
    }

    private static void Check(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None)
        {
            throw new RefusedToStartException($"{path} can be read by others on this machine.", $"Run: chmod 600 '{path}'");
        }
    }

    /// <summary>A database that was begun has its keys: new ones in their place would be refused, and would lie in the way of the right ones.</summary>
    /// <exception cref="RefusedToStartException">One is missing.</exception>
    public static void Expect(DataDirectory data, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!File.Exists(Path.Combine(data.Path, name)))
            {
                throw new RefusedToStartException(
                    $"{data.Path} has no {name}, and its database was begun with one.",
                    name == LedgerKey.FileName
                        ? $"Put the {name} of this installation back into the data directory. After a restore: baton-server recover --reason TEXT makes a new one."
                        : $"Put the {name} of this installation back into the data directory.");
            }
        }
    }

    /// <summary>Whole or not at all, also through a crash: written beside, flushed to disk, then renamed.</summary>
    private static void Write(string path, byte[] content)
    {
        var beside = path + ".new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(beside, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path);
    }
}
