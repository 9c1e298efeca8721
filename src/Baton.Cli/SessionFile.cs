using System.Text.Json;
using Baton.Cli.Import;

namespace Baton.Cli;

/// <summary>
/// What stays between two commands: the session's cookie, and what was pinned at sign-in. No key and no password: those are
/// asked for and derived again each time. $XDG_CONFIG_HOME/baton/session.json, readable by its owner only.
/// </summary>
/// <param name="Origin">What links begin with, pinned at sign-in.</param>
/// <param name="LedgerKey">The ledger's verifying key, pinned at sign-in.</param>
internal sealed record SessionFile(
    string Server, string Email, string Origin, string LedgerKey, IReadOnlyDictionary<string, string> Cookies)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static string Location => PrivateFile.Named("session.json");

    /// <exception cref="CommandFailedException">There is none, or others may read it.</exception>
    public static SessionFile Load()
    {
        var path = Location;
        if (!File.Exists(path))
        {
            throw new CommandFailedException(ExitCode.SignIn, "You are not signed in.", "baton sign-in SERVER");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(Owner | UnixFileMode.UserExecute)) != UnixFileMode.None)
        {
            throw new CommandFailedException(ExitCode.SignIn, $"Others may read {path}.", $"chmod 600 '{path}', or sign in again if it was copied.");
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), CliJson.Shared.SessionFile) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new CommandFailedException(ExitCode.SignIn, $"{path} was written by another version of Baton.", "baton sign-in SERVER");
        }
    }

    public void Save() => PrivateFile.Replace(Location, file => JsonSerializer.Serialize(file, this, CliJson.Shared.SessionFile));

    public static void Delete() => File.Delete(Location);
}

/// <summary>Files that only their owner may read, from their first byte on.</summary>
internal static class PrivateFile
{
    /// <summary>$XDG_CONFIG_HOME/baton/NAME.</summary>
    public static string Named(string name)
    {
        var configuration = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        var folder = string.IsNullOrEmpty(configuration)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config")
            : configuration;
        return Path.Combine(folder, "baton", name);
    }

    /// <summary>Writes the whole file beside it first, so that it is the old one or the new one.</summary>
    public static void Replace(string path, Action<Stream> write)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var file = Create(fresh))
        {
            write(file);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>A new file; one that exists is never overwritten.</summary>
    /// <exception cref="IOException">It exists, or can't be made.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>A folder that is there afterwards; a new one belongs to its owner alone.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
