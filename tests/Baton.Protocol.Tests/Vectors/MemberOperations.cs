using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Client.Keys;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Vectors;

/// <summary>spec/keys.md §4 to §6.</summary>
internal static class MemberOperations
{
    public static Dictionary<string, Func<JsonObject, Answer>> All { get; } = new(StringComparer.Ordinal)
    {
        ["master-password"] = StretchPassword,
        ["recovery-key"] = ReadRecoveryKey,
        ["member-keys.open"] = OpenKeys,
        ["card.parse"] = ParseCard,
        ["roster.read"] = ReadRoster,
        ["group.open"] = OpenGroup,
    };

    private static Answer StretchPassword(JsonObject input)
    {
        var parameters = new KdfParameters(input.Hex("salt"), input.Number("memoryKiB"), input.Number("passes"), input.Number("lanes"));
        if (!MasterPassword.TryStretch(input.Text("password"), parameters, out var password))
        {
            return Answer.Refused;
        }

        using (password)
        {
            return Answer.Of(("authKey", password.AuthKey.ToHex()), ("wrapKey", password.WrapKey.ToHex()));
        }
    }

    private static Answer ReadRecoveryKey(JsonObject input)
    {
        if (!RecoveryKey.TryParse(input.Text("code"), out var recovery, out _))
        {
            return Answer.Refused;
        }

        using (recovery)
        {
            return Answer.Of(("auth", recovery.Auth.ToHex()), ("wrap", recovery.Wrap.ToHex()));
        }
    }

    private static Answer OpenKeys(JsonObject input)
    {
        if (!MemberKeys.TryOpen(input.Hex("key"), input.Id("member"), input.Hex("blob"), out var keys))
        {
            return Answer.Refused;
        }

        using (keys)
        {
            return Answer.Of(("root", keys.Root.ToHex()));
        }
    }

    private static Answer ParseCard(JsonObject input) =>
        Card.TryParse(input.Hex("card"), out var card)
            ? Answer.Of(
                ("organization", card.Organization.ToBytes().ToHex()),
                ("member", card.Member.ToBytes().ToHex()),
                ("role", card.Role.Word()),
                ("seq", card.Seq),
                ("issuer", card.Issuer.ToBytes().ToHex()),
                ("hash", card.Hash().ToHex()))
            : Answer.Refused;

    private static Answer ReadRoster(JsonObject input)
    {
        var fault = Roster.Read(input.Id("organization"), input.Hex("root"), CardsOf(input), out var roster);
        if (fault == RosterFault.None && input["seenSeq"] is { } seq && !roster!.Continues(new RosterHead(seq.GetValue<uint>(), input.Hex("seenHash"))))
        {
            fault = RosterFault.Older;
        }

        if (fault != RosterFault.None)
        {
            return new Answer(null, WordOf(fault));
        }

        var roles = new JsonObject();
        foreach (var card in roster!.Members.Values)
        {
            roles[card.Member.ToBytes().ToHex()] = card.Role.Word();
        }

        return Answer.Of(("seq", roster.Head.Seq), ("hash", roster.Head.Hash.ToHex()), ("roles", roles));
    }

    private static string WordOf(RosterFault fault) => fault switch
    {
        RosterFault.OwnerOnly => "owner only",
        RosterFault.LastOwner => "last owner",
        _ => fault.ToString().ToLowerInvariant(),
    };

    private static Answer OpenGroup(JsonObject input)
    {
        var member = input.Id("member");
        MemberKeys.TryOpen(input.Hex("wrapKey"), member, input.Hex("keyBlob"), out var keys);
        using (keys)
        {
            var seen = input["seenVersion"]?.GetValue<int>() ?? 0;
            return Roster.Read(input.Id("organization"), keys!.Root, CardsOf(input), out var roster) == RosterFault.None
                && roster!.TryCard(member, out var own)
                && GroupAccess.Open(input["group"].Deserialize<SessionGroup>(WireJson.Shared)!, roster, own, keys, seen, out var group) == UnlockFault.None
                ? Answer.Of(("stands", group!.Stands), ("name", group.Details?.Name ?? ""), ("keys", new JsonArray([.. group.Keys.Select(KeyOf)])))
                : Answer.Refused;
        }
    }

    private static JsonObject KeyOf(GroupKey key)
    {
        var shown = new JsonObject { ["version"] = key.Group.Version, ["historyKey"] = key.History.ToHex() };
        if (key.Key is not null)
        {
            shown["groupKey"] = key.Key.ToHex();
        }

        return shown;
    }

    private static List<MemberCard> CardsOf(JsonObject input) =>
        [.. input["cards"]!.AsArray().Select(card => card.Deserialize<MemberCard>(WireJson.Shared)!)];
}
