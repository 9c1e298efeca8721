using System.IO.Compression;
using System.Text.Json;
using Baton.Cli.Import.Bitwarden;
using Baton.Cli.Import.OnePassword;

namespace Baton.Cli.Import;

/// <summary>A .zip out of another program: 1Password's 1pux, or Bitwarden's export with attachments.</summary>
internal static class ArchiveFile
{
    private const int MaxText = 256 << 20;
    private const int MaxFile = 256 << 20;

    public static bool Is(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8);

    public static PortableFileContent Read(byte[] bytes, Func<string> password)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            if (archive.GetEntry("export.data") is { } exported)
            {
                using var json = JsonDocument.Parse(BytesOf(exported, MaxText));
                return OnePux.Read(json.RootElement, (id, name) => archive.GetEntry($"files/{id}___{name}") is { } file ? BytesOf(file, MaxFile) : null);
            }

            if (archive.GetEntry("data.json") is { } data)
            {
                using var json = JsonDocument.Parse(BytesOf(data, MaxText));
                return BitwardenExport.Read(json.RootElement, password, id => [.. archive.Entries
                    .Where(file => file.FullName.StartsWith($"attachments/{id}/", StringComparison.Ordinal) && file.Name.Length > 0)
                    .Select(file => new PortableFile(file.Name, BytesOf(file, MaxFile)))]);
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw new CommandFailedException(ExitCode.Input, "The archive is damaged.", "Export it again.");
        }

        throw new CommandFailedException(ExitCode.Input, "The archive is none of 1Password's or Bitwarden's.");
    }

    // What the archive says of sizes is not believed: only so much is read.
    private static byte[] BytesOf(ZipArchiveEntry entry, int limit)
    {
        using var stream = entry.Open();
        var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > limit)
            {
                throw new CommandFailedException(ExitCode.Input, $"A file in the archive unpacks to more than {limit >> 20} MiB.");
            }
        }

        return bytes.ToArray();
    }
}
