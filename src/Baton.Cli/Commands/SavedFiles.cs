using Baton.Cli.Output;

namespace Baton.Cli.Commands;

/// <summary>A handover's files on their way to a folder: whole and verified, or not there at all.</summary>
internal sealed class SavedFiles : IDisposable
{
    private readonly string folder;
    private readonly List<string> written = [];
    private bool kept;

    private SavedFiles(string folder) => this.folder = folder;

    /// <exception cref="CommandFailedException">The folder can't be made.</exception>
    public static SavedFiles In(string folder)
    {
        try
        {
            PrivateFile.CreateFolder(folder);
            return new SavedFiles(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Input, fault.Message, "Nothing was opened.");
        }
    }

    /// <summary>Fetches all files under safe names; nothing there is overwritten.</summary>
    public async Task<IReadOnlyList<string>> Fetch(Reading reading, CancellationToken cancel)
    {
        var taken = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path).ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        var files = reading.Content.Files ?? [];
        for (var i = 0; i < files.Count; i++)
        {
            var path = Path.Combine(folder, Safe.FileName(files[i].Name, taken));
            await using var output = PrivateFile.Create(path);
            written.Add(path);
            if (!await reading.TryFetch(i, output, cancel))
            {
                throw new CommandFailedException(ExitCode.Untrusted, $"The file {Safe.Text(files[i].Name)} is not what the sender sealed.", "Tell the sender, over another channel.");
            }
        }

        return written;
    }

    /// <summary>They stay.</summary>
    public void Keep() => kept = true;

    public void Dispose()
    {
        if (!kept)
        {
            written.ForEach(File.Delete);
        }
    }
}
