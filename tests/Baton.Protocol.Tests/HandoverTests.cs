using System.Security.Cryptography;
using Baton.Client.Keys;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using Baton.Protocol.Tests.Generator;
using Baton.Protocol.Wire;
using Xunit;

namespace Baton.Protocol.Tests;

public sealed class HandoverTests
{
    private static readonly Lazy<UnlockedMember> Ewa = new(() => Register().Member);

    [Fact]
    public void An_owner_registers_and_unlocks_with_password_or_recovery_key()
    {
        var (member, owner) = Register();
        Assert.NotNull(member.Personal);
        Assert.Equal(Role.Owner, member.Card.Role);
        Assert.True(RecoveryKey.TryParse(owner.RecoveryCode, out var recovery, out _));
        Assert.Equal(owner.Registration.RecoveryAuth, recovery.Auth);
        Assert.True(MemberKeys.TryOpen(recovery.Wrap, owner.Registration.Member.Id, owner.Registration.RecoveryBlob, out var keys));
        Assert.Equal(member.Keys.Root, keys.Root);
    }

    [Fact]
    public async Task A_handover_with_password_and_files_opens_as_it_was_sealed()
    {
        var big = HandoverFile(200_000);
        var draft = Draft() with { Attachments = [Attachment.Of("empty.txt", []), Attachment.Of("big.bin", big)], AccessPassword = "Granite walrus" };
        using var handover = draft.Seal(Ewa.Value, Ewa.Value.Personal!.Newest, "https://baton.example", "key");
        Assert.Equal(handover.Request.Files, [16, 200_000 + (4 * 16)]);

        Assert.True(Code.TryDecode(handover.Link.Split('#')[1], CodeKind.Link, out var linkKey, out _));
        using var keys = HandoverKeys.From(linkKey, "granite–WALRUS");
        Assert.Equal(handover.Request.LocatorHash, keys.LocatorHash);
        Assert.Equal(handover.Request.ClaimTag, keys.ClaimTag(handover.Request.Share));
        using var reader = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var readerKey = reader.ExportSubjectPublicKeyInfo();
        var answer = Answer(handover.Request, readerKey);
        Assert.True(OpenedHandover.TryOpen(keys, readerKey, answer, out var opened));
        Assert.Equivalent(draft.Entries, opened.Content.Entries, strict: true);
        Assert.Equal(handover.Request.DisplayedTag, SHA256.HashData(opened.DisplayedProof));
        for (var i = 0; i < handover.Files; i++)
        {
            var output = new MemoryStream();
            var wire = new MemoryStream([.. handover.Chunks(i).SelectMany(chunk => chunk)]);
            Assert.Equal(handover.Request.Files![i], wire.Length);
            Assert.True(await FileChunks.TryOpenAsync(opened.FileKey(i), opened.Content.Files![i], wire, output, TestContext.Current.CancellationToken));
            Assert.Equal(i == 0 ? [] : big, output.ToArray());
        }

        var receipt = opened.Receipt(reader, 1, ["works"], "Jan", ["dzięki"], DateTimeOffset.UnixEpoch);
        Assert.True(Signatures.Verify(readerKey, SignedText.Receipt(handover.Request.Handover, answer.Claimed, receipt.Statement, receipt.Reply), receipt.Signature));
        var place = new DetailsPlace(Ewa.Value.Organization, handover.Request.Group, 1, handover.Request.Handover);
        Assert.True(Personal.TryOpen(Ewa.Value.Personal!.Newest.History, place, handover.Request.Personal, out var personal));
        Assert.True(Reply.TryOpen(personal.ReplyKey, handover.Request.Handover, 1, receipt.Statement, receipt.Reply, out var reply));
        Assert.Equal("dzięki", reply.Notes.Single());
    }

    [Fact]
    public void Nothing_secret_is_in_the_details()
    {
        using var handover = Draft().Seal(Ewa.Value, Ewa.Value.Personal!.Newest, "https://baton.example", "key");
        var place = new DetailsPlace(Ewa.Value.Organization, handover.Request.Group, 1, handover.Request.Handover);
        Assert.True(Seal.TryOpen(Ewa.Value.Personal!.Newest.History, SealPurpose.Details, place.ToBytes(), handover.Request.Details, out var text));
        var json = System.Text.Encoding.UTF8.GetString(text);
        Assert.Contains("panel.example", json, StringComparison.Ordinal);
        Assert.DoesNotContain("the password", json, StringComparison.Ordinal);
        Assert.DoesNotContain("otpauth", json, StringComparison.Ordinal);
        Assert.DoesNotContain("the notes", json, StringComparison.Ordinal);
        Assert.DoesNotContain("recipient", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("replyKey", json, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_same_draft_sealed_twice_has_nothing_in_common()
    {
        using var one = Draft().Seal(Ewa.Value, Ewa.Value.Personal!.Newest, "https://baton.example", "key");
        using var two = Draft().Seal(Ewa.Value, Ewa.Value.Personal!.Newest, "https://baton.example", "key");
        Assert.NotEqual(one.Link, two.Link, StringComparer.Ordinal);
        Assert.NotEqual(one.Request.Share, two.Request.Share);
        Assert.NotEqual(one.Request.Handover, two.Request.Handover);
        Assert.NotEqual(one.Request.Commitments.Recipient, two.Request.Commitments.Recipient);
    }

    private static byte[] HandoverFile(int size) => Vectors.HandoverOperations.FileBytes(0, size);

    private static HandoverDraft Draft() => new(
        [new Entry("login", "Panel", Commitment.NewSalt(), "https://panel.example", "ewa", "the password", "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP", "the notes")],
        [], null, "phone", 86_400, "Panel", "Jan");

    private static LinkOpened Answer(CreateHandover request, byte[] readerKey)
    {
        static string Encoded(byte[] bytes) => Base64Url.Encode(bytes);
        var session = Ewa.Value.Session;
        var created = $$"""{"v":1,"kind":"created","org":"{{session.Organization.Id}}","handover":"{{request.Handover}}","time":1,"actor":"member","member":"{{session.Member.Id}}","nonce":"AAAAAAAAAAAAAAAAAAAAAA","group":"{{request.Group}}","life":{{request.LifeSeconds}},"expires":2,"flags":{{request.Flags}},"channel":"{{request.Channel}}","files":2,"sealed":"{{Encoded(SHA256.HashData(request.Sealed))}}","displayedTag":"{{Encoded(request.DisplayedTag)}}","recipient":"{{Encoded(request.Commitments.Recipient)}}","items":["{{Encoded(request.Commitments.Items.Single())}}"],"card":"{{Encoded(Ewa.Value.Card.Hash())}}","signature":"{{Encoded(request.Signature)}}"}""";
        var claimed = $$"""{"v":1,"kind":"claimed","org":"{{session.Organization.Id}}","handover":"{{request.Handover}}","time":3,"actor":"recipient","nonce":"AAAAAAAAAAAAAAAAAAAAAA","readerKey":"{{Encoded(readerKey)}}","address":"{{Encoded(new byte[32])}}"}""";
        Assert.True(CreatedEntry.TryParse(created, out _));
        return new LinkOpened(request.Sealed, request.Share, request.Flags, created, claimed);
    }

    private static (UnlockedMember Member, NewOwner Owner) Register()
    {
        var owner = NewOwner.Make("code", "Studio Północ", "Ewa Żak", "ewa@studio.example", "correct horse battery", MasterPassword.NewParameters(Fixed.Bytes("kdf salt", 16)));
        var registration = owner.Registration;
        var group = registration.Group;
        var session = new Session(
            new SessionMember(registration.Member.Id, registration.Member.Name, registration.Member.Email, "owner", "active"),
            new SessionOrganization(registration.Organization.Id, registration.Organization.Name, null, false), registration.Parameters, registration.KeyBlob,
            [new MemberCard(registration.Member.Id, registration.Card, registration.CardSignature)],
            [new SessionGroup(group.Id, true, "active", 1, false, null, 0, "manage", group.Enc, group.Ciphertext, registration.Member.Id, group.Signature, [])], null, 900);
        Assert.True(MasterPassword.TryStretch("correct horse battery", registration.Parameters, out var password));
        Assert.True(UnlockedMember.TryUnlock(session, password.WrapKey, out var member));
        Assert.Equal(UnlockFault.Roster, UnlockedMember.Unlock(session with { Cards = [] }, password.WrapKey, Seen.Nothing, out _));
        Assert.Equal(UnlockFault.Grant, UnlockedMember.Unlock(session with { Groups = [session.Groups[0] with { Version = 2 }] }, password.WrapKey, Seen.Nothing, out _));
        Assert.Equal(UnlockFault.Password, UnlockedMember.Unlock(session, new byte[32], Seen.Nothing, out _));
        return (member, owner);
    }
}
