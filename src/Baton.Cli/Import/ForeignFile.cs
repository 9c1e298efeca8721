using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Baton.Cli.Import.Bitwarden;
using Baton.Cli.Import.Kdbx;
using Baton.Cli.Vault;

namespace Baton.Cli.Import;

/// <summary>A file of entries out of another program, recognized by what is in it and not by its name.</summary>
internal static class ForeignFile
{
    private const uint KdbSignature = 0xB54BFB65;
    private const long MaxBytes = 512L << 20;

    /// <summary>Reads any file that is known here.</summary>
    /// <param name="password">Asked for only where the file has one.</param>
    /// <exception cref="CommandFailedException">It is none, is damaged, or its password is wrong.</exception>
    public static PortableFileContent Read(string path, Func<string> password, byte[]? keyFile)
    {
        var bytes = BytesOf(path);
        if (KdbxHeader.IsKdbx(bytes))
        {
            // With a key file, no password at all is another key than an empty one.
            var text = password();
            return KdbxReader.Read(bytes, KdbxKey.Of(text.Length == 0 && keyFile is not null ? null : text, keyFile));
        }

        if (bytes.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)) == KdbSignature)
        {
            throw new CommandFailedException(ExitCode.Input, "This is a file of KeePass 1.", "KeePassXC imports it and saves it as .kdbx.");
        }

        return ArchiveFile.Is(bytes) ? ArchiveFile.Read(bytes, password) : ReadText(TextOf(path, bytes), password);
    }

    private static PortableFileContent ReadText(string text, Func<string> password)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return CsvEntries.Read(text);
        }

        if (SealedBackup.Is(text))
        {
            return SealedBackup.Read(text, password());
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            if (BitwardenExport.Is(json.RootElement))
            {
                return BitwardenExport.Read(json.RootElement, password);
            }
        }
        catch (JsonException)
        {
            // Told by the reader of Baton's own JSON.
        }

        return new PortableFileContent("JSON", [.. EntriesJson.Read(text).Select(PortableEntry.Of)], []);
    }

    /// <summary>The whole file.</summary>
    public static byte[] BytesOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaxBytes)
            {
                throw new CommandFailedException(ExitCode.Input, $"{path} is larger than {MaxBytes >> 20} MiB.");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Input, fault.Message);
        }
    }

    private static string TextOf(string path, byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFailedException(
                ExitCode.Input, $"{path} is no file that is known here, and not UTF-8.", "KDBX, Bitwarden's JSON, 1pux, CSV and Baton's own backup are. iconv -f WINDOWS-1250 -t UTF-8 converts a text from an older Windows.");
        }
    }
}
