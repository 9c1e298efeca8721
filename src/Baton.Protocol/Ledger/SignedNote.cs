using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;

namespace Baton.Protocol.Ledger;

/// <summary>One signature line.</summary>
/// <param name="Signature">What follows the key id.</param>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Signature)
{
    /// <summary>The line, without its end.</summary>
    public override string ToString()
    {
        var bytes = new byte[4 + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes, 4);
        return SignedNote.LineStart + Name + " " + StandardBase64.Encode(bytes);
    }
}

/// <summary>
/// A text with signature lines below: <c>text, empty line, — name base64(key id || signature)</c>. https://c2sp.org/signed-note.
/// The first line is the log's own; what other keys add below is kept and skipped. spec/ledger.md §4.
/// </summary>
/// <param name="Text">With its last newline.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>A note, at most this many bytes.</summary>
    public const int MaxSize = 64 * 1024;

    internal const string LineStart = "\u2014 ";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The exact text of the whole note.</summary>
    public override string ToString() => Text + "\n" + string.Concat(Signatures.Select(line => line + "\n"));

    /// <summary>Reads a note; false for any text that <see cref="ToString"/> would not write.</summary>
    public static bool TryParse(string note, [NotNullWhen(true)] out SignedNote? parsed)
    {
        parsed = null;
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end <= 0 || !note.EndsWith('\n') || !IsClean(note))
        {
            return false;
        }

        var signatures = new List<NoteSignature>();
        foreach (var line in note[(end + 2)..].Split('\n')[..^1])
        {
            if (!TryParseLine(line, out var signature))
            {
                return false;
            }

            signatures.Add(signature);
        }

        parsed = new SignedNote(note[..(end + 1)], signatures);
        return signatures.Count > 0 && parsed.ToString() == note;
    }

    /// <summary>Whether the first line is this key's, and its signature holds.</summary>
    public bool IsSignedBy(VerifyingKey key) =>
        Signatures[0] is var line && line.Name == key.Name && line.KeyId == key.Id
        && TryReadDer(line.Signature, out var signature)
        && Signing.Signatures.Verify(key.Spki, System.Text.Encoding.UTF8.GetBytes(Text), signature);

    /// <summary>Signs a text, which ends with a newline.</summary>
    public static SignedNote Sign(string text, string name, ECDsa key)
    {
        var signature = key.SignData(System.Text.Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new SignedNote(text, [new NoteSignature(name, new VerifyingKey(name, key.ExportSubjectPublicKeyInfo()).Id, signature)]);
    }

    private static bool TryParseLine(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(LineStart, StringComparison.Ordinal) || line[LineStart.Length..].Split(' ') is not [var name, var base64]
            || !VerifyingKey.IsName(name) || !StandardBase64.TryDecode(base64, out var bytes) || bytes.Length < 5)
        {
            return false;
        }

        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..]);
        return true;
    }

    /// <summary>Valid UTF-8 of at most <see cref="MaxSize"/> bytes without control characters but the newline.</summary>
    private static bool IsClean(string note)
    {
        try
        {
            return Strict.GetByteCount(note) <= MaxSize && !note.Any(character => character < ' ' && character != '\n');
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>SEQUENCE of two INTEGERs in DER, and nothing else, as r||s: one signature has one encoding.</summary>
    private static bool TryReadDer(byte[] der, out byte[] signature)
    {
        signature = new byte[Signing.Signatures.Size];
        try
        {
            var reader = new AsnReader(der, AsnEncodingRules.DER);
            var sequence = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            return TryReadNumber(sequence, signature.AsSpan(..32)) && TryReadNumber(sequence, signature.AsSpan(32..)) && !sequence.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool TryReadNumber(AsnReader reader, Span<byte> number)
    {
        var bytes = reader.ReadIntegerBytes().Span;
        if ((bytes[0] & 0x80) != 0)
        {
            return false;
        }

        bytes = bytes[0] == 0 ? bytes[1..] : bytes;
        if (bytes.Length > number.Length)
        {
            return false;
        }

        bytes.CopyTo(number[^bytes.Length..]);
        return true;
    }
}
