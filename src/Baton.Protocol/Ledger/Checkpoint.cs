using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Baton.Protocol.Encoding;

namespace Baton.Protocol.Ledger;

/// <summary>
/// The head of a log: origin, size and root, one line each, and nothing more. https://c2sp.org/tlog-checkpoint; spec/ledger.md §4.
/// </summary>
/// <param name="Root">32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The text that is signed.</summary>
    public string ToText() => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{StandardBase64.Encode(Root)}\n";

    /// <summary>Signed by the log's key, which is called as the log.</summary>
    public SignedNote Sign(ECDsa key) => SignedNote.Sign(ToText(), Origin, key);

    /// <summary>Reads the checkpoint in a note, whoever signed it; false where it has extension lines or would be written otherwise.</summary>
    public static bool TryParse(SignedNote note, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (note.Text.Split('\n') is not [var origin, var digits, var base64, ""] || origin.Length == 0
            || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size > MerkleTree.MaxSize
            || !StandardBase64.TryDecode(base64, out var root) || root.Length != SHA256.HashSizeInBytes
            || new Checkpoint(origin, size, root) is not { } read || read.ToText() != note.Text)
        {
            return false;
        }

        checkpoint = read;
        return true;
    }

    /// <summary>Reads a note that has to be a checkpoint of this key's log, signed by it.</summary>
    public static bool TryOpen(string note, VerifyingKey key, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        return SignedNote.TryParse(note, out var signed) && TryParse(signed, out checkpoint) && checkpoint.Origin == key.Name && signed.IsSignedBy(key);
    }
}
