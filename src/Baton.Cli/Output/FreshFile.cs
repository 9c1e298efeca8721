using System.Text;

namespace Baton.Cli.Output;

/// <summary>
/// A file that is made before anything is done, so that an unwritable place costs no opening of a link, and removed again if nothing comes of it.
/// Only its owner may read it.
/// </summary>
internal sealed class FreshFile : IDisposable
{
    private FileStream? file;

    private FreshFile(string path, FileStream file) => (Path, this.file) = (path, file);

    public string Path { get; }

    /// <param name="path">Nothing may be there yet.</param>
    /// <param name="option">What it was given with, for the message.</param>
    /// <param name="endings">One of which the name has to have.</param>
    /// <exception cref="CommandFailedException">Another ending, or the file can't be made.</exception>
    public static FreshFile Create(string path, string option, params string[] endings)
    {
        if (!endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            throw new CommandFailedException(ExitCode.Usage, $"{option} takes a name that ends in {string.Join(" or ", endings)}, not {path}.");
        }

        try
        {
            return new FreshFile(path, PrivateFile.Create(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Input, fault.Message, $"Nothing was done. {option} never overwrites a file.");
        }
    }

    /// <summary>All of it, once; from here on it stays.</summary>
    public void Write(string text)
    {
        file!.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
        file.Dispose();
        file = null;
    }

    public void Dispose()
    {
        if (file is not null)
        {
            file.Dispose();
            File.Delete(Path);
        }
    }
}
