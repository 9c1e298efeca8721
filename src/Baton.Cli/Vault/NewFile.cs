namespace Baton.Cli.Vault;

/// <summary>A file that is new, whole, and readable by its owner alone.</summary>
internal static class NewFile
{
    public static void Write(string path, byte[] bytes)
    {
        try
        {
            using var file = PrivateFile.Create(path);
            try
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            catch
            {
                File.Delete(path);
                throw;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Input, fault.Message, "A file is never overwritten.");
        }
    }
}
