using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;

namespace Baton.Server.Features.Handovers;

/// <summary>The ledger entries about handovers, member by member in the order of spec/ledger.md §1.</summary>
internal static class HandoverEntries
{
    private const int UserAgentMax = 256;

    public static LedgerEntry Created(CreateHandover request, Id organization, Id member, byte[] cardHash, long now) => LedgerEntry.Of(
        "created", organization, now, Actor.Of(member), (request, cardHash, now),
        static (json, s) =>
        {
            var (request, cardHash, now) = s;
            json.WriteId("group"u8, request.Group);
            json.WriteNumber("life"u8, request.LifeSeconds);
            json.WriteNumber("expires"u8, now + (request.LifeSeconds * 1000));
            json.WriteNumber("flags"u8, request.Flags);
            json.WriteString("channel"u8, request.Channel);
            json.WriteNumber("files"u8, request.Files?.Count ?? 0);
            json.WriteBytes("sealed"u8, SHA256.HashData(request.Sealed));
            json.WriteBytes("displayedTag"u8, request.DisplayedTag);
            json.WriteBytes("recipient"u8, request.Commitments.Recipient);
            json.WriteStartArray("items"u8);
            foreach (var item in request.Commitments.Items)
            {
                json.WriteBytesValue(item);
            }

            json.WriteEndArray();
            json.WriteBytes("card"u8, cardHash);
            json.WriteBytes("signature"u8, request.Signature);
        },
        request.Handover);

    /// <summary>The address is committed to; it and its salt stand beside the entry and can be purged.</summary>
    public static LedgerEntry Claimed(LinkRow row, byte[] readerKey, IPAddress address, string? userAgent, long now)
    {
        var (observed, commitment) = Observe(address, userAgent);
        return LedgerEntry.Of(
            "claimed", row.Organization, now, Actor.Recipient, (readerKey, commitment),
            static (json, s) =>
            {
                json.WriteBytes("readerKey"u8, s.readerKey);
                json.WriteBytes("address"u8, s.commitment);
            },
            row.Handover) with
        { HandoverNumber = row.Number, Observed = observed };
    }

    /// <param name="reason">not-me or more.</param>
    /// <param name="keeps">False once the handover's personal data was purged: then the address isn't kept either.</param>
    public static LedgerEntry Reported(LinkRow row, string reason, IPAddress address, string? userAgent, bool keeps, long now)
    {
        var (observed, commitment) = Observe(address, userAgent);
        return LedgerEntry.Of(
            "reported", row.Organization, now, Actor.Recipient, (reason, commitment),
            static (json, s) =>
            {
                json.WriteString("reason"u8, s.reason);
                json.WriteBytes("address"u8, s.commitment);
            },
            row.Handover) with
        { HandoverNumber = row.Number, Observed = keeps ? observed : null };
    }

    /// <param name="details">The items' names too.</param>
    public static LedgerEntry Erased(long number, Id handover, Id organization, bool details, Actor actor, long now) =>
        About(number, LedgerEntry.Of("erased", organization, now, actor, details, static (json, details) => json.WriteBoolean("details"u8, details), handover));

    public static LedgerEntry GuessFailed(LinkRow row, int left, long now) =>
        About(row.Number, LedgerEntry.Of("guess-failed", row.Organization, now, Actor.Recipient, left, static (json, left) => json.WriteNumber("left"u8, left), row.Handover));

    public static LedgerEntry Displayed(LinkRow row, byte[] proof, long now) =>
        About(row.Number, LedgerEntry.Of("displayed", row.Organization, now, Actor.Recipient, proof, static (json, proof) => json.WriteBytes("proof"u8, proof), row.Handover));

    public static LedgerEntry Confirmed(LinkRow row, LinkReceipt receipt, int seq, long now) =>
        About(row.Number, LedgerEntry.Of(
            "confirmed", row.Organization, now, Actor.Recipient, (receipt, seq),
            static (json, s) =>
            {
                json.WriteNumber("seq"u8, s.seq);
                json.WriteString("statement"u8, s.receipt.Statement);
                json.WriteBytes("reply"u8, SHA256.HashData(s.receipt.Reply));
                json.WriteBytes("signature"u8, s.receipt.Signature);
            },
            row.Handover));

    public static LedgerEntry Extended(long number, Id handover, Id organization, Id member, long lifeSeconds, long now) =>
        About(number, LedgerEntry.Of(
            "extended", organization, now, Actor.Of(member), (lifeSeconds, now),
            static (json, s) =>
            {
                json.WriteNumber("life"u8, s.lifeSeconds);
                json.WriteNumber("expires"u8, s.now + (s.lifeSeconds * 1000));
            },
            handover));

    public static LedgerEntry Reissued(long number, Id handover, Id by, Id organization, Id member, long now) =>
        About(number, LedgerEntry.Of("re-issued", organization, now, Actor.Of(member), by, static (json, by) => json.WriteId("by"u8, by), handover));

    public static LedgerEntry FollowedUp(long number, Id handover, FollowUp followUp, Id organization, Id member, long now) =>
        About(number, LedgerEntry.Of(
            "follow-up", organization, now, Actor.Of(member), followUp,
            static (json, followUp) =>
            {
                json.WriteBytes("item"u8, followUp.Item);
                json.WriteString("step"u8, followUp.Step);
                json.WriteBoolean("done"u8, followUp.Done);
            },
            handover));

    /// <summary>locked, expired, undisplayed, revoked, void: nothing to add.</summary>
    public static LedgerEntry Ended(string state, long number, Id handover, Id organization, Actor actor, long now) =>
        About(number, LedgerEntry.Of(state, organization, now, actor, handover));

    /// <summary>What the server saw of who asks, as it is kept beside an entry, and the commitment in it.</summary>
    private static (byte[] Observed, byte[] Commitment) Observe(IPAddress address, string? userAgent)
    {
        var text = address.ToString();
        var salt = RandomNumberGenerator.GetBytes(16);
        var observed = new Observed(text, salt, userAgent is { Length: > UserAgentMax } ? userAgent[..UserAgentMax] : userAgent);
        return (JsonSerializer.SerializeToUtf8Bytes(observed, WireJson.Of<Observed>()), Commit(salt, text));
    }

    private static LedgerEntry About(long number, LedgerEntry entry) => entry with { HandoverNumber = number };

    /// <summary>commit(salt, "address", text). spec/keys.md §7.</summary>
    private static byte[] Commit(byte[] salt, string address) =>
        SHA256.HashData([.. salt, .. Encoding.ASCII.GetBytes(CommitmentLabel.Address), 0, .. Encoding.UTF8.GetBytes(address)]);
}
