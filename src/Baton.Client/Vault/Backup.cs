using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;

namespace Baton.Client.Vault;

/// <summary>Why a backup doesn't open.</summary>
public enum BackupFault
{
    None,

    /// <summary>It is no backup of Baton.</summary>
    Form,

    /// <summary>It names parameters for its password that no client accepts.</summary>
    Parameters,

    /// <summary>The password is wrong, or the file was changed.</summary>
    Password,

    /// <summary>What is inside is no backup that this version reads.</summary>
    Content,
}

/// <summary>Everything a member can read, in one file of two lines under a password of its own. spec/vault.md §6.</summary>
/// <param name="Organization">Its name.</param>
/// <param name="Made">Unix milliseconds.</param>
public sealed partial record Backup(int V, string Organization, long Made, IReadOnlyList<BackupGroup> Groups)
{
    /// <summary>The text of the file.</summary>
    public string Close(string password)
    {
        var parameters = MasterPassword.NewParameters();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            JsonSerializer.Serialize(gzip, this, VaultJson.Shared.Backup);
        }

        var key = KeyOf(password, parameters);
        var sealedBytes = Seal.Close(key, SealPurpose.Backup, [], packed.GetBuffer().AsSpan(0, (int)packed.Length));
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(packed.GetBuffer());
        return $"{HeaderOf(parameters)}\n{Base64Url.Encode(sealedBytes)}\n";
    }

    /// <summary>Opens a backup.</summary>
    public static BackupFault Open(string text, string password, out Backup? backup)
    {
        backup = null;
        var lines = text.Split('\n');
        if (!(lines is [_, _] or [_, _, ""]) || !TryHeader(lines[0], out var parameters) || !Base64Url.TryDecode(lines[1], out var sealedBytes))
        {
            return BackupFault.Form;
        }

        if (!MasterPassword.Accepts(parameters))
        {
            return BackupFault.Parameters;
        }

        var key = KeyOf(password, parameters);
        var opened = Seal.TryOpen(key, SealPurpose.Backup, [], sealedBytes, out var packed);
        CryptographicOperations.ZeroMemory(key);
        if (!opened)
        {
            return BackupFault.Password;
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed!), CompressionMode.Decompress);
            backup = JsonSerializer.Deserialize(gzip, VaultJson.Shared.Backup);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
            // Sealed under the right password, and yet none.
        }

        backup = backup?.IsWhole() == true ? backup : null;
        return backup is null ? BackupFault.Content : BackupFault.None;
    }

    private bool IsWhole() => V == 1 && Made >= 0 && Groups.All(group => group is not null && group.Entries.All(entry => entry is not null));

    private static byte[] KeyOf(string password, KdfParameters parameters)
    {
        var bytes = Encoding.UTF8.GetBytes(Text.ToNfkc(password));
        var key = Argon2.Id(bytes, parameters.Salt, parameters.MemoryKiB, parameters.Passes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    private static string HeaderOf(KdfParameters parameters) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"v":1,"kind":"baton backup","salt":"{{Base64Url.Encode(parameters.Salt)}}","memoryKiB":{{parameters.MemoryKiB}},"passes":{{parameters.Passes}},"lanes":{{parameters.Lanes}}}""");

    private static bool TryHeader(string line, [NotNullWhen(true)] out KdfParameters? parameters)
    {
        var found = Header().Match(line);
        static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);
        parameters = found.Success && Base64Url.TryDecode(found.Groups["salt"].Value, out var salt)
            ? new KdfParameters(salt, Number(found.Groups["m"]), Number(found.Groups["t"]), Number(found.Groups["p"]))
            : null;
        parameters = parameters is not null && HeaderOf(parameters) == line ? parameters : null;
        return parameters is not null;
    }

    [GeneratedRegex("""^\{"v":1,"kind":"baton backup","salt":"(?<salt>[A-Za-z0-9_-]+)","memoryKiB":(?<m>[0-9]{1,9}),"passes":(?<t>[0-9]{1,9}),"lanes":(?<p>[0-9]{1,9})\}$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Header();
}

/// <summary>A group with its entries.</summary>
public sealed record BackupGroup(string Name, string Icon, string Colour, IReadOnlyList<BackupEntry> Entries);
