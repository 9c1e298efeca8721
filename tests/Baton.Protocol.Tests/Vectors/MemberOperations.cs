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
        ["group-key.open"] = OpenGroupKey,
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

    private static Answer OpenGroupKey(JsonObject input)
    {
        var organization = input.Id("organization");
        var member = input.Id("member");
        MemberKeys.TryOpen(input.Hex("wrapKey"), member, input.Hex("keyBlob"), out var keys);
        using (keys)
        {
            var cards = input["cards"]!.AsArray().Select(card => card.Deserialize<MemberCard>(WireJson.Shared)!).ToList();
            var grant = input["grant"].Deserialize<GroupGrant>(WireJson.Shared)!;
            return Trust.From(organization, keys!.Root, cards).TryOpen(grant, member, keys, out var key)
                ? Answer.Of(("groupKey", key.Key.ToHex()), ("historyKey", key.HistoryKey().ToHex()))
                : Answer.Refused;
        }
    }
}
