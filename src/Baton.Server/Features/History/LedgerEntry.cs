using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baton.Protocol;

namespace Baton.Server.Features.History;

/// <summary>Who did it. <see cref="Member"/> is there when a member did.</summary>
internal readonly record struct Actor(string Class, Id? Member)
{
    public static readonly Actor Recipient = new("recipient", null);
    public static readonly Actor Server = new("server", null);

    public static Actor Of(Id member) => new("member", member);
}

/// <summary>
/// One entry: its exact bytes, made once and never serialized again (spec/ledger.md §1), and the columns beside them.
/// </summary>
/// <param name="HandoverNumber">The row in handovers it is about.</param>
/// <param name="Observed">JSON of what the server itself saw (Wire.Observed); may be purged later without touching the entry.</param>
internal sealed record LedgerEntry(string Kind, Id Organization, long Time, byte[] Bytes, long? HandoverNumber = null, byte[]? Observed = null)
{
    /// <summary>The group whose entries changed, and its counter since then: who may view it hears of it.</summary>
    public (Id Group, long Change)? Changed { get; init; }

    /// <summary>An entry, at most this many bytes.</summary>
    public const int MaxSize = 64 * 1024;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>An entry with what its kind adds.</summary>
    /// <param name="kind">A kind of spec/ledger.md §1.</param>
    /// <param name="organization">Whose ledger.</param>
    /// <param name="time">Unix milliseconds by the server's clock.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="state">Handed to <paramref name="adds"/>, so that it needs no closure.</param>
    /// <param name="adds">Writes the members the kind adds, in the spec's order.</param>
    /// <param name="handover">The handover it is about.</param>
    public static LedgerEntry Of<TState>(
        string kind, Id organization, long time, Actor actor, TState state, Action<Utf8JsonWriter, TState> adds, Id? handover = null)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, 1);
            json.WriteString("kind"u8, kind);
            json.WriteId("org"u8, organization);
            if (handover is { } about)
            {
                json.WriteId("handover"u8, about);
            }

            json.WriteNumber("time"u8, time);
            json.WriteString("actor"u8, actor.Class);
            if (actor.Member is { } member)
            {
                json.WriteId("member"u8, member);
            }

            Span<byte> nonce = stackalloc byte[16];
            RandomNumberGenerator.Fill(nonce);
            json.WriteBytes("nonce"u8, nonce);
            adds(json, state);
            json.WriteEndObject();
        }

        if (buffer.WrittenCount > MaxSize)
        {
            throw new InvalidOperationException($"A {kind} entry of {buffer.WrittenCount} bytes.");
        }

        return new LedgerEntry(kind, organization, time, buffer.WrittenSpan.ToArray());
    }

    /// <summary>An entry whose kind adds nothing.</summary>
    public static LedgerEntry Of(string kind, Id organization, long time, Actor actor, Id? handover = null) =>
        Of<object?>(kind, organization, time, actor, null, static (_, _) => { }, handover);
}

/// <summary>Bytes and ids in an entry: base64url, as on the wire.</summary>
internal static class LedgerJson
{
    public static void WriteId(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Id id)
    {
        Span<byte> bytes = stackalloc byte[Id.Size];
        id.Write(bytes);
        json.WriteBytes(name, bytes);
    }

    public static void WriteBytes(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        json.WritePropertyName(name);
        json.WriteBytesValue(bytes);
    }

    public static void WriteBytesValue(this Utf8JsonWriter json, ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[256];
        if (Base64Url.TryEncodeToUtf8(bytes, text, out var written))
        {
            json.WriteStringValue(text[..written]);
        }
        else
        {
            json.WriteStringValue(Protocol.Encoding.Base64Url.Encode(bytes));
        }
    }
}
