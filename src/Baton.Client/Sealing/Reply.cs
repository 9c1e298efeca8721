using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Ledger;

namespace Baton.Client.Sealing;

/// <summary>
/// What the recipient writes with a receipt, for the sender alone. Only someone with link, access password and share can seal it,
/// so a receipt whose reply opens and names the statement is genuine. spec/handover.md §6.
/// </summary>
/// <param name="Notes">One text for each item.</param>
/// <param name="Clock">The recipient's clock, Unix milliseconds.</param>
/// <param name="Statement">SHA-256 of the statement.</param>
public sealed record Reply(int V, string Name, IReadOnlyList<string> Notes, long Clock, byte[] Statement)
{
    /// <summary>The reply to this statement.</summary>
    public static Reply To(ReceiptStatement statement, string name, IReadOnlyList<string> notes, DateTimeOffset clock) =>
        new(1, name, notes, clock.ToUnixTimeMilliseconds(), HashOf(statement.ToText()));

    /// <summary>Seals it for this handover and this receipt.</summary>
    public byte[] Close(byte[] replyKey, Id handover, uint seq) => Seal.Close(replyKey, SealPurpose.Reply, Place(handover, seq), ToText());

    /// <summary>Opens the reply of a statement; false if it doesn't open or belongs to another statement.</summary>
    public static bool TryOpen(byte[] replyKey, Id handover, uint seq, string statement, byte[] sealedReply, [NotNullWhen(true)] out Reply? reply)
    {
        reply = null;
        if (!Seal.TryOpen(replyKey, SealPurpose.Reply, Place(handover, seq), sealedReply, out var text))
        {
            return false;
        }

        try
        {
            reply = JsonSerializer.Deserialize(text, ContentJson.Shared.Reply);
        }
        catch (JsonException)
        {
            // Stays null.
        }

        if (reply is { V: 1 } && CryptographicOperations.FixedTimeEquals(reply.Statement, HashOf(statement)))
        {
            return true;
        }

        reply = null;
        return false;
    }

    internal byte[] ToText() => JsonSerializer.SerializeToUtf8Bytes(this, ContentJson.Shared.Reply);

    internal static byte[] Place(Id handover, uint seq) => Fields.Join(handover.ToBytes(), Fields.Number(seq));

    private static byte[] HashOf(string statement) => SHA256.HashData(Encoding.UTF8.GetBytes(statement));
}
