using System.Text.Json.Nodes;
using Baton.Protocol.Encoding;
using Baton.Protocol.Evidence;
using Baton.Protocol.Tests.Vectors;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Generator;

/// <summary>What people read, byte for byte. These files are told, not verified: their proofs and signatures are made up.</summary>
internal static class StoryVectors
{
    // Ends an element, ends the script, turns the direction, is a place for a value, breaks a line, can't be seen.
    private const string Hostile = "</p></script><b>\"'&amp;\u202Eeman\u2066 {time} \n\u0007 שלום";

    public static IEnumerable<VectorFile> All()
    {
        static VectorFile Made(string name, string about, params ReadOnlySpan<EvidenceFile> files) => VectorFile.Good(
            name, "evidence.render", about, StoryOperations.All["evidence.render"], [.. files.ToArray().Select(file => new JsonObject { ["text"] = EvidenceText.Write(file) })]);
        yield return Made("evidence-page-one", "One handover in each language: opened with the password, decrypted, confirmed twice.", File("en", Confirmed()), File("pl", Confirmed()), File("de", Confirmed()));
        yield return Made("evidence-page-many", "A protocol of many handovers in each language: every ending and every event there is, two logs, stamps and a renewal.", Many("en"), Many("pl"), Many("de"));
        yield return Made("evidence-page-recipient", "What the recipient's page composes.", Recipient());
        yield return Made("evidence-page-purged", "Personal data purged, then the items erased.", File("en", Purged(erased: false)), File("de", Purged(erased: true)));
        yield return Made("evidence-page-hostile", "Texts from outside try to be markup, places for values, other reading directions.", HostileFile());
        yield return Made("evidence-page-unreadable", "Entries whose members are not what they should be.", File("en", Unreadable()));
    }

    private static EvidenceFile File(string language, params IReadOnlyList<EvidenceHandover> handovers) => new(
        1, "agency", language, 1_795_000_000_999, handovers.Count > 1 ? "Sklep internetowy" : "", new EvidencePerson(Scenario.Owner, "Ewa Żak"),
        new EvidenceOrganization(Scenario.Organization, "Studio Północ"), "https://baton.example", [new LogKey("baton.example/log", "baton.example/log+0a1b2c3d+Ak" + new string('A', 40))], [],
        [Checkpoint(0, 40)], [], [new EvidenceCard(Scenario.OwnerCard.ToBytes(), new byte[64])], handovers, Fixed.Bytes("file signature", 64));

    private static EvidenceCheckpoint Checkpoint(int log, long size, params IReadOnlyList<EvidenceStamp> stamps)
    {
        static string Standard(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.None);
        var origin = log == 0 ? "baton.example/log" : "baton.example/log/2";
        return new(log, $"{origin}\n{size}\n{Standard(Fixed.Bytes($"root {log} {size}"))}\n\n— {origin} {Standard(Fixed.Bytes($"note {log} {size}", 76))}\n", stamps);
    }

    // ContentInfo { oid, [0] SignedData { version, digests, encapContentInfo { oid, [0] OCTET STRING TSTInfo { version, policy, imprint, serial, genTime } } } }
    private static EvidenceStamp Stamp(string authority, string time, int? renews = null)
    {
        static byte[] Der(byte tag, params ReadOnlySpan<byte[]> parts)
        {
            byte[] content = [.. parts.ToArray().SelectMany(part => part)];
            return content.Length < 128 ? [tag, (byte)content.Length, .. content] : [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];
        }

        var info = Der(0x30, Der(0x02, [1]), Der(0x06, [42]), Der(0x30, Der(0x04, new byte[100])), Der(0x02, [7]), Der(0x18, System.Text.Encoding.ASCII.GetBytes(time)));
        var signed = Der(0x30, Der(0x02, [3]), Der(0x31), Der(0x30, Der(0x06, [42]), Der(0xA0, Der(0x04, info))));
        return new(authority, Der(0x30, Der(0x06, [42]), Der(0xA0, signed)), renews);
    }

    private static EvidenceEntry Exact(long index, string text, int log = 0) => new(text, log, index, Fixed.Bytes($"leaf {log} {index}"), [Fixed.Bytes("sibling")]);

    private static EvidenceEntry Entry(long index, string kind, long second, string more = "", string actor = "recipient", int log = 0) => Exact(
        index, $$"""{"v":1,"kind":"{{kind}}","org":"{{Scenario.Organization}}","handover":"{{Scenario.Handover}}","time":{{1_794_000_000_000 + (second * 1000)}},"actor":"{{actor}}",{{(actor == "member" ? $"\"member\":\"{Scenario.Owner}\"," : "")}}"nonce":"AAAAAAAAAAAAAAAAAAAAAA"{{more}}}""", log);

    private static string Commitment(int item) => Base64Url.Encode(Fixed.Bytes($"item {item}"));

    private static EvidenceEntry Created(long index, int items, int flags = 1, string channel = "phone", int files = 0, int log = 0) => Entry(
        index, "created", 0, $$""","life":86400,"expires":1794086400000,"flags":{{flags}},"channel":"{{channel}}","files":{{files}},"items":[{{string.Join(',', Enumerable.Range(1, items).Select(item => $"\"{Commitment(item)}\""))}}]""", "member", log);

    private static EvidenceEntry Confirmed(long index, long second, int seq, params IReadOnlyList<string> statuses)
    {
        var statement = $$"""{\"seq\":{{seq}},\"items\":[{{string.Join(',', statuses.Select((status, i) => $$"""{\"commitment\":\"{{Commitment(i + 1)}}\",\"status\":\"{{status}}\"}"""))}}]}""";
        return Entry(index, "confirmed", second, $",\"seq\":{seq},\"statement\":\"{statement}\"");
    }

    private static EvidenceHandover Handover(string name, IReadOnlyList<EvidenceEntry> entries, int items = 1, string? title = null) => new(
        Fixed.Id(name), title ?? name, new EvidencePerson(Scenario.Owner, "Ewa Żak"), new EvidenceRecipient("Jan Kowalski", new byte[16]),
        [.. new[]
        {
            new EvidenceItem("login", "Panel administracyjny", "biuro@sklep.example.pl", "https://sklep.example.pl/admin", new byte[16]),
            new EvidenceItem("server", "Serwer produkcyjny", "root", "ssh://root@192.0.2.10", new byte[16]), new EvidenceItem("wifi", "Wi-Fi w biurze", null, null, new byte[16]),
        }.Take(items)],
        null, null, entries, null);

    private static EvidenceHandover Confirmed() => Handover(
        "Sklep",
        [
            Created(11, 3, files: 2), Entry(12, "extended", 60, ",\"life\":172800,\"expires\":1794172860000", "member"), Entry(14, "guess-failed", 3000, ",\"left\":9"), Entry(15, "claimed", 3600),
            Entry(16, "displayed", 3601), Confirmed(17, 3700, 1, "received", "received", "problem"), Confirmed(20, 7200, 2, "works", "received", "problem"),
        ],
        3) with
        {
            Addresses = [new EvidenceAddress(3, "203.0.113.7", new byte[16])], ReplyKey = new byte[32],
            Replies = [new EvidenceReply(1, new byte[48], "", ["", "", ""], 1_794_003_700_500), new EvidenceReply(2, new byte[48], "Jan Kowalski", ["", "", "hasło nie działa"], 1_794_007_200_500)],
        };

    private static EvidenceFile Many(string language)
    {
        EvidenceEntry End(string kind) => Entry(31, kind, 90_000, actor: "server");
        EvidenceEntry[] opened = [Created(4, 1, 0, "none"), Entry(5, "claimed", 20)];
        var file = File(
            language,
            Confirmed(), Handover("waiting", [Created(30, 1)]), Handover("expired", [Created(30, 1, 0, "none"), End("expired")]), Handover("locked", [Created(30, 1), .. Enumerable.Range(0, 3).Select(i => Entry(31 + i, "guess-failed", i, $",\"left\":{2 - i}")), Entry(34, "locked", 3)]),
            Handover("revoked", [Created(30, 1, channel: "sms"), Entry(31, "revoked", 5, actor: "member"), Entry(32, "re-issued", 6, ",\"by\":\"AAAAAAAAAAAAAAAAAAAAAA\"", "member")]), Handover("void", [Created(30, 1, channel: "post"), End("void")]),
            Handover("link", opened), Handover("undisplayed", [.. opened, End("undisplayed")]),
            Handover("reported", [.. opened, Entry(6, "displayed", 21), Entry(7, "reported", 500, ",\"reason\":\"not-me\""), Entry(8, "reported", 501, ",\"reason\":\"more\"")]) with { Addresses = [new EvidenceAddress(3, "2001:db8::1", new byte[16])] },
            Handover("works", [
                Created(30, 1, channel: "in-person"), Entry(31, "claimed", 20), Entry(32, "displayed", 21), Confirmed(33, 22, 1, "works"), Entry(34, "follow-up", 23, $",\"item\":\"{Commitment(1)}\",\"step\":\"rotated\",\"done\":true", "member"),
                Entry(35, "follow-up", 24, $",\"item\":\"{Commitment(1)}\",\"step\":\"access-removed\",\"done\":true", "member"), Entry(36, "follow-up", 25, $",\"item\":\"{Commitment(1)}\",\"step\":\"rotated\",\"done\":false", "member"),
                Entry(37, "follow-up", 26, $",\"item\":\"{Commitment(1)}\",\"step\":\"access-removed\",\"done\":false", "member"), Entry(38, "erased", 27, ",\"details\":false", "member"), Entry(39, "erased", 28, ",\"details\":true", "member"),
            ]) with { Recipient = new EvidenceRecipient("", new byte[16]) },
            Handover("second log", [Created(1, 1, log: 1), Entry(2, "claimed", 1, log: 1)], title: ""));
        return file with
        {
            Logs = [.. file.Logs, new LogKey("baton.example/log/2", "baton.example/log/2+4e5f6071+Ak" + new string('B', 40))],
            Openings = [Entry(0, "log", 0, ",\"origin\":\"baton.example/log/2\",\"previous\":\"\",\"reason\":\"restored from the copy of Sunday\"", "server", 1)],
            Checkpoints =
            [
                Checkpoint(0, 9, Stamp("https://stamps.example", "20261106184000Z")), Checkpoint(0, 25, Stamp("https://stamps.example", "20261107080000.25Z"), Stamp("https://other.example", "20261107080003Z")),
                Checkpoint(0, 40), Checkpoint(1, 12, Stamp("https://stamps.example", "20261108000000Z"), new EvidenceStamp("https://odd.example", [1, 2, 3]), Stamp("https://stamps.example", "20301108000000Z", 0)),
            ],
            Consistency = [[Fixed.Bytes("consistency")], [], []],
        };
    }

    private static EvidenceFile Recipient() => File("pl", Confirmed() with { Title = null }) with { Kind = "recipient", Title = null, Composer = null };

    private static EvidenceHandover Purged(bool erased) => Confirmed() with
    {
        Recipient = null, Addresses = null, ReplyKey = null, Replies = null, Items = erased ? null : Confirmed().Items,
        Entries = [.. Confirmed().Entries, Entry(39, "erased", 900_000, $",\"details\":{(erased ? "true" : "false")}", "server")],
    };

    private static EvidenceFile HostileFile()
    {
        var handover = Handover(
            "hostile",
            [
                Entry(1, "created", 0, ",\"flags\":1,\"channel\":\"\\u202e<b>\",\"items\":[\"<b>\",7]", "member"), Entry(2, "claimed", 1), Entry(3, "confirmed", 2, ",\"statement\":\"<b>\""),
                Entry(4, "re-issued", 3, ",\"by\":\"</td>\\u202e\"", "member"), Entry(5, "</script>\\u2067", 4), Entry(6, "extended", 5, ",\"expires\":9007199254740991", "member"), Confirmed(7, 6, 1, "problem", "works"),
            ]) with
            {
                Recipient = new EvidenceRecipient(Hostile, new byte[16]), Sender = new EvidencePerson(Fixed.Id("stranger"), Hostile),
                Items = [new EvidenceItem(Hostile, Hostile, Hostile, Hostile, new byte[16])], Addresses = [new EvidenceAddress(1, Hostile, new byte[16])], ReplyKey = new byte[32],
                Replies = [new EvidenceReply(1, new byte[48], Hostile, [Hostile, ""], 9_007_199_254_740_991)], Title = Hostile,
            };
        return File("en", handover) with
        {
            Title = Hostile, Composer = new EvidencePerson(Fixed.Id("stranger"), Hostile), Organization = new EvidenceOrganization(Scenario.Organization, Hostile), Server = Hostile,
            Logs = [new LogKey(Hostile, Hostile), new LogKey(Hostile, Hostile)],
            Openings = [Entry(0, "log", 0, ",\"origin\":\"<i>\\u202e\",\"reason\":\"<i>\\u202e\"", "server", 1)],
            Checkpoints = [new EvidenceCheckpoint(0, $"<i>\n12\n<i>\u202e\n", [Stamp(Hostile, "20261106184000Z")]), new EvidenceCheckpoint(1, Hostile, [])], Consistency = [[]],
        };
    }

    private static EvidenceHandover Unreadable() => Handover(
        "unreadable",
        [
            Exact(1, ""), Exact(2, "[]"), Exact(3, "null"), Exact(4, "{\"v\":2,\"kind\":\"created\"}"), Exact(5, "{\"v\":1,\"kind\":7}"), Exact(6, "{\"v\":1.0,\"kind\":\"claimed\",\"time\":1e3}"),
            Exact(7, "{\"v\":1,\"kind\":\"created\",\"time\":0.5,\"expires\":\"soon\",\"flags\":1e400,\"files\":-1,\"items\":{}}"), Exact(8, "{\"v\":1,\"kind\":\"created\",\"kind\":\"void\"}"),
            Exact(9, "{\"v\":1,\"kind\":\"\\ud800\"}"), Exact(10, "{\"v\":1,\"kind\":\"constructor\",\"time\":-1}"), Exact(11, "{\"v\":1,\"kind\":\"guess-failed\",\"left\":-3,\"time\":253402300800000}"), Exact(12, "{\"v\":1,\"kind\":\"confirmed\",\"statement\":7}"),
            Exact(13, "{\"v\":1,\"kind\":\"reported\",\"reason\":\"constructor\"}"), Exact(14, "{\"v\":1,\"kind\":\"erased\",\"details\":\"yes\",\"member\":7}"), Exact(15, $"{{\"v\":1,\"kind\":\"claimed\",\"x\":{new string('[', 500)}{new string(']', 500)}}}"),
        ],
        2);
}
