using System.Security.Cryptography;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Baton.Protocol.Tests;

/// <summary>What a parser accepts re-encodes to the same bytes, and what is written is read again.</summary>
public sealed class ParserProperties
{
    private static Config Often => Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static Arbitrary<byte[]> Bytes => ArbMap.Default.ArbFor<byte[]>();

    private static Arbitrary<string> Alphabet(string characters) =>
        Gen.Elements(characters.ToCharArray()).ArrayOf().Select(array => new string(array)).ToArbitrary();

    [Fact]
    public void Base64url_that_is_accepted_encodes_to_itself() => Check.One(Often, Prop.ForAll(
        Alphabet("ABCDEFGHwxyz0189-_=+/ "), text => !Base64Url.TryDecode(text, out var bytes) || Base64Url.Encode(bytes) == text));

    [Fact]
    public void Base64url_of_any_bytes_is_read_again() => Check.One(Often, Prop.ForAll(
        Bytes, bytes => Base64Url.TryDecode(Base64Url.Encode(bytes), out var again) && again.AsSpan().SequenceEqual(bytes)));

    [Fact]
    public void An_id_that_is_accepted_is_written_the_same() => Check.One(Often, Prop.ForAll(
        Gen.Elements("ABQgwxyz019-_".ToCharArray()).ArrayOf(22).Select(array => new string(array)).ToArbitrary(),
        text => !Id.TryParse(text, out var id) || id.ToString() == text));

    [Fact]
    public void A_code_is_read_again_and_any_other_character_in_it_is_noticed() => Check.One(Often, Prop.ForAll(
        ArbMap.Default.ArbFor<byte>(), Gen.Choose(0, Code.Length - 1).ToArbitrary(), Gen.Elements("0123456789abcdefghjkmnpqrstvwxyz".ToCharArray()).ToArbitrary(),
        (seed, at, character) =>
        {
            var key = SHA256.HashData([seed]);
            var code = Code.Encode(CodeKind.Link, key);
            var changed = code[..at] + character + code[(at + 1)..];
            return Code.TryDecode(code, CodeKind.Link, out var again, out _)
                && again.AsSpan().SequenceEqual(key)
                && (changed == code || !Code.TryDecode(changed, CodeKind.Link, out _, out _) || Collides(changed));
        }));

    [Fact]
    public void No_text_makes_a_code_fail_otherwise_than_by_saying_why() => Check.One(Often, Prop.ForAll(
        ArbMap.Default.ArbFor<string>(), text => Code.TryDecode(text, CodeKind.Link, out _, out var fault) || fault != CodeFault.None));

    [Fact]
    public void A_card_that_is_accepted_has_the_same_bytes() => Check.One(Often, Prop.ForAll(
        Gen.Choose(0, Card.Size - 1).ToArbitrary(), ArbMap.Default.ArbFor<byte>(),
        (at, value) =>
        {
            var bytes = Generator.Scenario.OwnerCard.ToBytes();
            bytes[at] = value;
            return !Card.TryParse(bytes, out var card) || card.ToBytes().AsSpan().SequenceEqual(bytes);
        }));

    [Fact]
    public void A_public_key_that_is_accepted_is_one_the_library_takes_and_writes_the_same() => Check.One(Often, Prop.ForAll(
        Gen.Choose(0, PublicKey.Size - 1).ToArbitrary(), ArbMap.Default.ArbFor<byte>(),
        (at, value) =>
        {
            var bytes = Generator.Fixed.Key("a key").Public;
            bytes[at] = value;
            if (!PublicKey.IsValid(bytes))
            {
                return true;
            }

            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(bytes, out _);
            return key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(bytes);
        }));

    [Fact]
    public void A_statement_that_is_accepted_is_the_exact_text() => Check.One(Often, Prop.ForAll(
        Gen.Choose(0, 200).ToArbitrary(), Gen.Elements("0123456789abAB{}[]:,\"worksproblem -_".ToCharArray()).ToArbitrary(),
        (at, character) =>
        {
            var text = new ReceiptStatement(12, [new ReceiptItem(new byte[32], "works"), new ReceiptItem(new byte[32], "problem")]).ToText();
            var changed = at < text.Length ? text[..at] + character + text[(at + 1)..] : text;
            return !ReceiptStatement.TryParse(changed, out var statement) || statement.ToText() == changed;
        }));

    [Fact]
    public void Padding_costs_at_most_an_eighth_and_never_shrinks() => Check.One(Often, Prop.ForAll(
        Gen.Choose(2, 1 << 24).ToArbitrary(),
        length => Padme.Size(length) >= length && Padme.Size(length) <= length + (length / 8) + 1 && Padme.Size(Padme.Size(length)) == Padme.Size(length)));

    [Fact]
    public void Normalizing_an_access_password_twice_changes_nothing() => Check.One(Often, Prop.ForAll(
        Alphabet("aAzZ ŻżﬁＡ\u00A0\u0085-–—.,_\u0307İ²"), password => AccessPassword.Normalize(AccessPassword.Normalize(password)) == AccessPassword.Normalize(password)));

    [Fact]
    public void No_bytes_make_a_parser_throw() => Check.One(Often, Prop.ForAll(Bytes, bytes =>
    {
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        _ = Content.TryParse(bytes, out _);
        _ = CreatedEntry.TryParse(text, out _);
        _ = ConfirmedEntry.TryParse(text, out _);
        _ = Card.TryParse(bytes, out _);
        _ = Client.Keys.MemberKeys.TryParse(bytes, out _);
    }));

    // Two of 2^16 checksums are the same: possible, and then the text is a code in its own right.
    private static bool Collides(string text) => Code.TryDecode(text, CodeKind.Link, out var key, out _) && Code.Encode(CodeKind.Link, key) == text;
}
