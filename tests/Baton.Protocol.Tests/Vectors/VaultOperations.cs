using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Client.Vault;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Vectors;

/// <summary>spec/vault.md, and what spec/keys.md §6 and §9 say of an organization.</summary>
internal static class VaultOperations
{
    public static Dictionary<string, Func<JsonObject, Answer>> All { get; } = new(StringComparer.Ordinal)
    {
        ["entry.open"] = OpenEntry,
        ["entry.parse"] = input => VaultEntry.TryParse(System.Text.Encoding.UTF8.GetBytes(input.Text("text")), out var entry) ? Answer.Of(("entry", JsonNode.Parse(entry.ToText()))) : Answer.Refused,
        ["backup.open"] = OpenBackup,
        ["invitation.from"] = CheckInvitation,
        ["invitation.to"] = CheckAcceptance,
        ["policy.check"] = CheckPolicy,
        ["fingerprint"] = input => Answer.Of(("words", new JsonArray([.. Fingerprint.Of(input.Hex("ecdh"), input.Hex("ecdsa"), 7_772).Select(word => (JsonNode)word)]))),
    };

    private static Answer OpenEntry(JsonObject input)
    {
        var place = new EntryPlace(new GroupVersion(input.Id("organization"), input.Id("group"), input.Number("version")), input.Id("entry"), input["revision"]!.GetValue<long>());
        return SealedEntry.TryOpen(input.Hex("groupKey"), place, input.Hex("sealed"), out var entry) ? Answer.Of(("entry", JsonNode.Parse(entry.ToText()))) : Answer.Refused;
    }

    private static Answer OpenBackup(JsonObject input)
    {
        var fault = Backup.Open(input.Text("text"), input.Text("password"), out var backup);
        return fault == BackupFault.None
            ? Answer.Of(
                ("organization", backup!.Organization),
                ("groups", new JsonArray([.. backup.Groups.Select(group => (JsonNode)group.Name)])),
                ("titles", new JsonArray([.. backup.Groups.SelectMany(group => group.Entries).Select(entry => (JsonNode)entry.Entry.Title)])),
                ("files", new JsonArray([.. backup.Groups.SelectMany(group => group.Entries).SelectMany(entry => entry.Files ?? []).Select(file => (JsonNode)file.Data.ToHex())])))
            : new Answer(null, fault.ToString().ToLowerInvariant());
    }

    private static Answer CheckInvitation(JsonObject input)
    {
        if (!InviteKey.TryParse(Code.Encode(CodeKind.Invitation, input.Hex("inviteKey")), out var key, out _))
        {
            return Answer.Refused;
        }

        using (key)
        {
            var shown = new InvitationOpened(
                input.Id("invitation"), new OrganizationName(input.Id("organization"), ""), input.Hex("rootCard"), input.Text("role"), input.Hex("from"), "", 0);
            return key.IsOf(shown)
                ? Answer.Of(("auth", key.Auth.ToHex()), ("authHash", SHA256.HashData(key.Auth).ToHex()), ("root", SHA256.HashData(shown.RootCard).ToHex()))
                : Answer.Refused;
        }
    }

    private static Answer CheckAcceptance(JsonObject input)
    {
        var group = new GroupVersion(input.Id("organization"), input.Id("group"), input.Number("version"));
        var invitation = input.Id("invitation");
        return Answer.When(
            Seal.TryOpen(input.Hex("groupKey"), SealPurpose.Invitation, InviteMac.Place(group, invitation), input.Hex("sealed"), out var mac)
            && InviteMac.To(mac, group.Organization, invitation, input.Id("member"), input.Hex("ecdh"), input.Hex("ecdsa")).AsSpan().SequenceEqual(input.Hex("to")));
    }

    private static Answer CheckPolicy(JsonObject input)
    {
        var cards = input["cards"]!.AsArray().Select(card => card.Deserialize<MemberCard>(WireJson.Shared)!).ToList();
        var signed = new SignedPolicy(input.Text("text"), input.Hex("signature"), input.Id("author"));
        return Roster.Read(input.Id("organization"), input.Hex("root"), cards, out var roster) == RosterFault.None
            && TrustedPolicy.Open(signed, roster!, input["seenNumber"]?.GetValue<int>() ?? 0, out var policy) == UnlockFault.None
            ? Answer.Of(("number", policy!.Number), ("handOver", policy.HandOver.Word()))
            : Answer.Refused;
    }
}
