using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Tests.Vectors;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Generator;

/// <summary>A reader's checks of what a server answers to a claim: the server here tries one thing each.</summary>
internal static class OpenedVectors
{
    private const string Check = "opened.check";
    private const string Password = "granite-walrus-copper-lantern";
    private static readonly byte[] LinkKey = Fixed.Bytes("link key");
    private static readonly byte[] Share = Fixed.Bytes("share");
    private static readonly byte[] Reader = Fixed.Key("reader").Public;

    public static IEnumerable<VectorFile> All()
    {
        var content = Scenario.Content();
        yield return VectorFile.Good(
            "opened", Check, "The answer to a claim, with an access password and without.", HandoverOperations.All[Check],
            Input(Answer(content, Password), Password), Input(Answer(content, null), null));

        yield return Bad("opened-password-wrong", "Another access password.", "sealed", Answer(content, Password), "granite-walrus-copper-candle");
        yield return Bad("opened-share-wrong", "Another share.", "sealed", Answer(content, Password) with { Share = Fixed.Bytes("other share") });
        yield return Bad("created-sealed-wrong", "The created entry names another sealed content.", "created", Answer(content, Password, hashOf: Fixed.Bytes("other")));
        yield return Bad("created-handover-wrong", "The created entry is another handover's.", "created", Answer(content, Password, handover: Fixed.Id("another handover")));
        yield return Bad("created-signature-wrong", "Signed by another key than the card's.", "signature", Answer(content, Password, signer: Fixed.Key("someone")));
        yield return Bad("created-life-not-signed", "The life in the entry is not the signed one.", "signature", Answer(content, Password, signedLife: 3600));
        yield return Bad("created-card-wrong", "The created entry names another card than the one inside sealed.", "card", Answer(content, Password, cardHash: Fixed.Bytes("card")));
        yield return Bad("created-displayed-tag-wrong", "Signed, but nobody could ever prove to have displayed it.", "displayedTag", Answer(content, Password, displayedTag: Fixed.Bytes("tag")));

        var commitments = Commitment.Of(content);
        yield return Bad(
            "commitment-wrong", "The signed commitment to the first item is to something else.", "commitment",
            Answer(content, Password, commitments: commitments with { Items = [Fixed.Bytes("other item"), commitments.Items[1]] }));
        yield return Bad(
            "commitment-recipient-wrong", "The signed commitment to the recipient is to another name.", "commitment",
            Answer(content, Password, commitments: commitments with { Recipient = Fixed.Bytes("other recipient") }));
        yield return Bad(
            "commitment-missing", "An item has no commitment.", "commitment", Answer(content, Password, commitments: commitments with { Items = [commitments.Items[0]] }));
        var opened = Answer(content, Password);
        yield return Bad("claimed-other-reader", "The claimed entry names another reader key.", "claimed", opened with { Claimed = Scenario.Claimed(Scenario.Handover, Fixed.Key("someone").Public) });
        yield return Bad("claimed-other-handover", "The claimed entry is another handover's.", "claimed", opened with { Claimed = Scenario.Claimed(Fixed.Id("another handover"), Reader) });
        yield return Bad("created-is-claimed", "The created entry is of another kind.", "created", opened with { Created = opened.Claimed });
    }

    private static LinkOpened Answer(
        Content content, string? password, byte[]? hashOf = null, Id? handover = null, FixedKey? signer = null, byte[]? cardHash = null,
        byte[]? displayedTag = null, HandoverCommitments? commitments = null, uint? signedLife = null)
    {
        using var keys = HandoverKeys.From(LinkKey, password);
        var flags = HandoverFlags.Files | (password is null ? HandoverFlags.None : HandoverFlags.Password);
        var sealedContent = SealedContent.Close(keys.ContentKey(Share), keys.Locator, flags, content.ToText());
        var created = Scenario.Created(
            content, hashOf ?? sealedContent, displayedTag ?? keys.DisplayedTag(Share), (byte)flags, signer ?? Scenario.OwnerKey,
            commitments, handover, cardHash, signedLife: signedLife);
        return new LinkOpened(sealedContent, Share, (byte)flags, created, Scenario.Claimed(handover ?? content.Handover, Reader));
    }

    private static JsonObject Input(LinkOpened answer, string? password) => new()
    {
        ["code"] = Code.Encode(CodeKind.Link, LinkKey), ["password"] = password, ["readerKey"] = Reader.ToHex(),
        ["answer"] = JsonSerializer.SerializeToNode(answer, WireJson.Shared),
    };

    private static VectorFile Bad(string name, string about, string refused, LinkOpened answer, string? password = Password) =>
        VectorFile.Bad(name, Check, about, refused, Input(answer, password));
}
