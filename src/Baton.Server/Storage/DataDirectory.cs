namespace Baton.Server.Storage;

/// <summary>The data directory: open to its owner alone, and for one server at a time (one writer is what keeps the promise of one reader).</summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream held;

    /// <exception cref="RefusedToStartException">It can't be written, or another server is using it.</exception>
    public DataDirectory(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path);
            }
            else
            {
                Directory.CreateDirectory(Path, OwnerOnly);
                if ((File.GetUnixFileMode(Path) & ~OwnerOnly) != UnixFileMode.None)
                {
                    // Not tightened here: it may be a directory with other things in it.
                    throw new RefusedToStartException($"{Path} is open to others on this machine.", $"Run: chmod 700 '{Path}'");
                }
            }

            // The system lets go of it when the process ends, however it ends.
            held = new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new RefusedToStartException($"{Path} can't be written.", $"Run: chown -R {Environment.UserName} '{Path}', or give another directory with --data.");
        }
        catch (IOException failure)
        {
            throw new RefusedToStartException(
                $"{Path} can't be used: {failure.Message}", "Stop the other baton-server that uses it, or give another directory with --data.");
        }
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <inheritdoc />
    public void Dispose() => held.Dispose();
}
