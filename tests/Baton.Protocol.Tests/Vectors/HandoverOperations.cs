using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Vectors;

/// <summary>spec/handover.md.</summary>
internal static class HandoverOperations
{
    public static Dictionary<string, Func<JsonObject, Answer>> All { get; } = new(StringComparer.Ordinal)
    {
        ["access-password"] = input => Answer.Of(("normal", AccessPassword.Normalize(input.Text("password")))),
        ["handover-keys"] = DeriveKeys,
        ["content.open"] = OpenContent,
        ["content.parse"] = ParseContent,
        ["file.open"] = OpenFile,
        ["statement.parse"] = ParseStatement,
        ["reply.open"] = OpenReply,
        ["receipt.check"] = CheckReceipt,
        ["details.open"] = OpenDetails,
        ["personal.open"] = OpenPersonal,
        ["opened.check"] = CheckOpened,
    };

    /// <summary>Byte i of a vector's file is i mod 251.</summary>
    public static byte[] FileBytes(long from, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((from + i) % 251))];

    private static Answer DeriveKeys(JsonObject input)
    {
        using var keys = HandoverKeys.From(input.Hex("linkKey"), input["password"]?.GetValue<string>());
        var share = input.Hex("share");
        return Answer.Of(
            ("locator", keys.Locator.ToHex()),
            ("locatorHash", keys.LocatorHash.ToHex()),
            ("claimKey", keys.ClaimKey.ToHex()),
            ("claimTag", keys.ClaimTag(share).ToHex()),
            ("contentKey", keys.ContentKey(share).ToHex()),
            ("fileKey0", keys.FileKey(share, 0).ToHex()),
            ("fileKey1", keys.FileKey(share, 1).ToHex()),
            ("displayedProof", keys.DisplayedProof(share).ToHex()),
            ("displayedTag", keys.DisplayedTag(share).ToHex()),
            ("replyKey", keys.ReplyKey(share).ToHex()));
    }

    private static Answer OpenContent(JsonObject input) =>
        SealedContent.TryOpen(input.Hex("contentKey"), input.Hex("locator"), (HandoverFlags)input.Number("flags"), input.Hex("sealed"), out var text)
            ? Answer.Of(("text", System.Text.Encoding.UTF8.GetString(text)))
            : Answer.Refused;

    private static Answer ParseContent(JsonObject input) =>
        Content.TryParse(System.Text.Encoding.UTF8.GetBytes(input.Text("text")), out var content)
            ? Answer.Of(("entries", content.Entries.Count), ("files", content.Files?.Count ?? 0))
            : Answer.Refused;

    private static Answer OpenFile(JsonObject input)
    {
        var key = input.Hex("key");
        var wire = new MemoryStream();
        foreach (var chunk in input["chunks"]!.AsArray().Select(node => node!.AsObject()))
        {
            wire.Write(FileChunks.CloseChunk(
                key, chunk.Number("number"), chunk["last"]!.GetValue<bool>(), FileBytes(chunk.Number("from"), chunk.Number("length"))));
        }

        wire.Position = 0;
        var output = new MemoryStream();
        var file = new ContentFile("file", input.Number("size"), input.Hex("sha256"));
        return FileChunks.TryOpenAsync(key, file, wire, output).GetAwaiter().GetResult()
            ? Answer.Of(("wireSha256", SHA256.HashData(wire.ToArray()).ToHex()))
            : Answer.Refused;
    }

    private static Answer ParseStatement(JsonObject input) =>
        ReceiptStatement.TryParse(input.Text("text"), out var statement)
            ? Answer.Of(("seq", statement.Seq), ("statuses", new JsonArray([.. statement.Items.Select(item => JsonValue.Create(item.Status))])))
            : Answer.Refused;

    private static Answer OpenReply(JsonObject input) =>
        Reply.TryOpen(
            input.Hex("replyKey"), input.Id("handover"), (uint)input.Number("seq"), input.Text("statement"), input.Hex("reply"), out var reply)
            ? Answer.Of(("name", reply.Name), ("notes", new JsonArray([.. reply.Notes.Select(note => JsonValue.Create(note))])), ("clock", reply.Clock))
            : Answer.Refused;

    private static Answer CheckReceipt(JsonObject input)
    {
        var items = input["items"]!.AsArray().Select(item => Convert.FromHexString(item!.GetValue<string>())).ToList();
        return Answer.When(
            ReceiptStatement.TryParse(input.Text("statement"), out var statement)
            && statement.Covers(items)
            && Signatures.Verify(
                input.Hex("readerKey"),
                SignedText.Receipt(input.Id("handover"), input.Text("claimed"), input.Text("statement"), input.Hex("reply")),
                input.Hex("signature")));
    }

    private static Answer OpenDetails(JsonObject input)
    {
        var place = new DetailsPlace(input.Id("organization"), input.Id("group"), input.Number("version"), input.Id("handover"));
        return Details.TryOpen(input.Hex("historyKey"), place, input.Hex("sealed"), out var details)
            ? Answer.Of(
                ("title", details.Title),
                ("items", new JsonArray([.. details.Items.Select(item => JsonValue.Create(item.Title))])))
            : Answer.Refused;
    }

    private static Answer OpenPersonal(JsonObject input)
    {
        var place = new DetailsPlace(input.Id("organization"), input.Id("group"), input.Number("version"), input.Id("handover"));
        return Personal.TryOpen(input.Hex("historyKey"), place, input.Hex("sealed"), out var personal)
            ? Answer.Of(("recipient", personal.Recipient), ("recipientSalt", personal.RecipientSalt.ToHex()), ("replyKey", personal.ReplyKey.ToHex()))
            : Answer.Refused;
    }

    private static Answer CheckOpened(JsonObject input)
    {
        Code.TryDecode(input.Text("code"), CodeKind.Link, out var linkKey, out _);
        using var keys = HandoverKeys.From(linkKey!, input["password"]?.GetValue<string>());
        var opened = input["answer"].Deserialize<LinkOpened>(WireJson.Shared)!;
        return OpenedHandover.TryOpen(keys, input.Hex("readerKey"), opened, out var handover)
            ? Answer.Of(("titles", new JsonArray([.. handover.Content.Entries.Select(entry => JsonValue.Create(entry.Title))])))
            : Answer.Refused;
    }
}
