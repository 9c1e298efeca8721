using System.Security.Cryptography;
using Baton.Client.Evidence;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;
using Baton.Protocol.Evidence;
using Baton.Protocol.Ledger;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Generator;

/// <summary>
/// A handover from its creation to its receipt, in logs whose proofs hold: what a piece of evidence is composed of, the same in every run.
/// </summary>
internal sealed class EvidenceScene
{
    public const string Address = "203.0.113.7";

    private static readonly byte[] DisplayedProof = Fixed.Bytes("displayed proof");
    private static readonly byte[] AddressSalt = Fixed.Bytes("address salt", 16);

    private readonly List<(int Log, int Index, string Text)> entries = [];
    private readonly List<(int Index, string Text)> openings = [];
    private readonly List<HandoverReply> replies = [];
    private long time = 1_780_000_000_000;

    public static FixedKey Reader { get; } = Fixed.Key("reader");

    public static byte[] ReplyKey { get; } = Fixed.Bytes("reply key");

    public static Content Content { get; } = Scenario.Content();

    public List<LogScript> Logs { get; } = [new LogScript("baton.example/log", Fixed.Key("ledger")).AddOthers(3)];

    public RosterScript Roster { get; } = RosterScript.Founded();

    /// <summary>Sizes of earlier checkpoints of the newest log that the file has too.</summary>
    public List<long> Earlier { get; } = [];

    public string Claimed { get; private set; } = "";

    /// <summary>Created, one guess wrong, opened, decrypted, confirmed, and complained of.</summary>
    public static EvidenceScene Confirmed()
    {
        var scene = new EvidenceScene().Create();
        return scene.Add("guess-failed", ",\"left\":9").Claim().Display().Confirm(1, "received", "received").Confirm(2, "works", "problem").Report();
    }

    public EvidenceScene Create(byte flags = 1, FixedKey? signer = null, byte[]? card = null)
    {
        var text = Scenario.Created(Content, Fixed.Bytes("sealed"), SHA256.HashData(DisplayedProof), flags, signer ?? Scenario.OwnerKey, cardHash: card);
        return Append(text);
    }

    public EvidenceScene Claim()
    {
        Claimed = Entry("claimed", $",\"readerKey\":\"{Base64Url.Encode(Reader.Public)}\",\"address\":\"{Base64Url.Encode(Commitment.Of(AddressSalt, CommitmentLabel.Address, Address))}\"");
        return Append(Claimed);
    }

    public EvidenceScene Display(byte[]? proof = null) => Add("displayed", $",\"proof\":\"{Base64Url.Encode(proof ?? DisplayedProof)}\"");

    public EvidenceScene Confirm(uint seq, string first, string second, IReadOnlyList<byte[]>? items = null, FixedKey? signer = null, byte[]? replyKey = null)
    {
        var committed = items ?? Commitment.Of(Content).Items;
        var statement = new ReceiptStatement(seq, [new ReceiptItem(committed[0], first), new ReceiptItem(committed[1], second)]);
        var said = new Reply(1, "Jan Kowalski", ["", second == "problem" ? "hasło <nie> działa" : ""], time, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(statement.ToText())));
        var reply = Seal.CloseWith(Fixed.Bytes($"reply s {seq}"), replyKey ?? ReplyKey, SealPurpose.Reply, Reply.Place(Scenario.Handover, seq), said.ToText());
        replies.Add(new HandoverReply((int)seq, statement.ToText(), reply));
        var signature = (signer ?? Reader).Sign(SignedText.Receipt(Scenario.Handover, Claimed, statement.ToText(), reply));
        var text = statement.ToText().Replace("\"", "\\\"", StringComparison.Ordinal);
        return Add("confirmed", $",\"seq\":{seq},\"statement\":\"{text}\",\"reply\":\"{Base64Url.Encode(SHA256.HashData(reply))}\",\"signature\":\"{Base64Url.Encode(signature)}\"");
    }

    public EvidenceScene Report() =>
        Add("reported", $",\"reason\":\"not-me\",\"address\":\"{Base64Url.Encode(Commitment.Of(AddressSalt, CommitmentLabel.Address, Address))}\"");

    /// <summary>An entry of this kind, with what it adds.</summary>
    public EvidenceScene Add(string kind, string adds = "", string actor = "recipient") => Append(Entry(kind, adds, actor));

    /// <summary>Any text, at the end of the newest log, with an entry of somebody else behind it.</summary>
    public EvidenceScene Append(string text)
    {
        entries.Add((Logs.Count - 1, Logs[^1].Add(text), text));
        Logs[^1].AddOthers(1);
        return this;
    }

    /// <summary>The log ends and another goes on.</summary>
    public EvidenceScene Recover(string? previous = null, string? origin = null, string kind = "log", int before = 0)
    {
        var last = Logs[^1];
        var next = new LogScript($"baton.example/log/{Logs.Count + 1}", Fixed.Key($"ledger {Logs.Count + 1}")).AddOthers(before);
        var quoted = (previous ?? last.Note(last.Size)).Replace("\n", "\\n", StringComparison.Ordinal);
        var text = $$"""{"v":1,"kind":"{{kind}}","org":"{{new Id(new byte[16])}}","time":{{time += 1000}},"actor":"server","nonce":"{{Nonce()}}","origin":"{{origin ?? next.Origin}}","previous":"{{quoted}}","reason":"restored from Sunday's copy"}""";
        openings.Add((next.Add(text), text));
        Logs.Add(next.AddOthers(2));
        return this;
    }

    /// <summary>What the sender's organization composes.</summary>
    public EvidenceFile Agency(Func<EvidenceInput, EvidenceInput>? change = null)
    {
        var input = Input();
        return EvidenceComposer.Compose(change is null ? input : change(input), Scenario.OwnerKey.Sign);
    }

    /// <summary>What the recipient's page composes.</summary>
    public EvidenceFile Recipient(FixedKey? signer = null)
    {
        var input = Input();
        var part = input.Handovers[0] with { Title = null, Entries = [.. input.Handovers[0].Entries.Select(entry => entry with { Observed = null })] };
        return EvidenceComposer.Compose(input with { Kind = "recipient", Title = null, Composer = null, Handovers = [part] }, (signer ?? Reader).Sign);
    }

    /// <summary>The same file, signed again after a change.</summary>
    public static EvidenceFile Signed(EvidenceFile file) => file with { Signature = Scenario.OwnerKey.Sign(EvidenceText.SignedPart(file)) };

    public EvidenceInput Input() => new(
        "agency", "pl", 1_780_000_900_000, "Sklep – przekazanie", new EvidencePerson(Scenario.Owner, "Ewa Żak"),
        new EvidenceOrganization(Scenario.Organization, "Studio Północ"), "https://baton.example", Proofs(),
        [.. Roster.Cards.Select(card => new EvidenceCard(card.Card, card.Signature))], [Part()]);

    public HandoverPart Part() => new(
        Scenario.Handover, "Sklep", new EvidencePerson(Scenario.Owner, "Ewa Żak"), new EvidenceRecipient(Content.Recipient, Content.RecipientSalt),
        [.. Content.Entries.Select(entry => new EvidenceItem(entry.Type, entry.Title, entry.Username, entry.Url, entry.Salt))], ReplyKey,
        [.. entries.Select(entry => Logs[entry.Log].Prove(entry.Text, entry.Log, entry.Index, HasAddress(entry.Text) ? new Observed(Address, AddressSalt, null) : null))],
        replies);

    private static bool HasAddress(string text) => text.Contains("\"address\":", StringComparison.Ordinal);

    private LedgerProofs Proofs()
    {
        var sizes = Logs.SelectMany((log, i) => (i == Logs.Count - 1 ? Earlier : []).Append(log.Size).Select(size => (Log: i, Size: size))).ToList();
        return new LedgerProofs(
            [.. Logs.Select(log => log.Named)],
            [.. openings.Select((opening, i) => Logs[i + 1].Prove(opening.Text, i + 1, opening.Index))],
            [.. sizes.Select(at => new ProvenCheckpoint(at.Log, Logs[at.Log].Note(at.Size), []))],
            [.. sizes.Zip(sizes.Skip(1)).Select(pair => pair.First.Log == pair.Second.Log ? Logs[pair.First.Log].Consistency(pair.First.Size, pair.Second.Size) : [])]);
    }

    private string Entry(string kind, string adds, string actor = "recipient") =>
        $$"""{"v":1,"kind":"{{kind}}","org":"{{Scenario.Organization}}","handover":"{{Scenario.Handover}}","time":{{time += 60_000}},"actor":"{{actor}}",{{(actor == "member" ? $"\"member\":\"{Scenario.Owner}\"," : "")}}"nonce":"{{Nonce()}}"{{adds}}}""";

    private string Nonce() => Base64Url.Encode(Fixed.Bytes($"nonce {time}", 16));
}
