using System.Text.Json.Nodes;
using Baton.Protocol.Evidence;
using Baton.Protocol.Tests.Vectors;

namespace Baton.Protocol.Tests.Generator;

/// <summary>spec/evidence.md §1: one text for one piece of evidence.</summary>
internal static class EvidenceTextVectors
{
    private const string Parse = "evidence.parse";

    public static IEnumerable<VectorFile> All()
    {
        var agency = EvidenceText.Write(EvidenceVectors.Whole);
        var recipient = EvidenceText.Write(EvidenceScene.Confirmed().Recipient());
        static JsonObject Text(string text) => new() { ["text"] = text };
        var odd = EvidenceScene.Confirmed().Agency(input => input with { Title = "\"\\\b\t\n\f\r\u0001\u001f</script>\u007f\u2028żółć👩‍🚀" });
        yield return VectorFile.Good("evidence-text", Parse, "Machine parts, one with every character that is written otherwise.", EvidenceOperations.All[Parse], Text(agency), Text(recipient), Text(EvidenceText.Write(odd)));
        (string Name, string About, string From, string To)[] changes =
        [
            ("white-space", "White space.", "{\"v\":1,", "{\"v\":1, "),
            ("order", "Members in another order.", "\"v\":1,\"rendering\":1", "\"rendering\":1,\"v\":1"),
            ("more", "A member that nobody knows.", "\"kind\":\"agency\"", "\"kind\":\"agency\",\"extra\":1"),
            ("twice", "A member twice.", "\"language\":\"pl\"", "\"language\":\"pl\",\"language\":\"pl\""),
            ("version", "Another version.", "{\"v\":1,", "{\"v\":2,"),
            ("rendering", "A rendering that this version doesn't know.", "\"rendering\":1", "\"rendering\":2"),
            ("kind", "Another kind.", "\"kind\":\"agency\"", "\"kind\":\"bank\""),
            ("language", "A language without words.", "\"language\":\"pl\"", "\"language\":\"fr\""),
            ("number-fraction", "A number written otherwise.", "\"composed\":1780000900000", "\"composed\":1780000900000.0"),
            ("number-negative", "A time before all times.", "\"composed\":1780000900000", "\"composed\":-1"),
            ("number-huge", "A number beyond what every implementation holds exactly.", "\"composed\":1780000900000", "\"composed\":9007199254740992"),
            ("null", "What is absent is left out.", "\"title\":\"Sklep – przekazanie\",\"composer\"", "\"title\":null,\"composer\""),
            ("title-missing", "An agency's has a title.", "\"title\":\"Sklep – przekazanie\",\"composer\"", "\"composer\""),
            ("escape-needless", "A character escaped that need not be.", "Sklep – przekazanie", "Sklep \\u2013 przekazanie"),
            ("escape-slash", "A slash escaped.", "https://baton.example", "https:\\/\\/baton.example"),
            ("escape-upper-case", "Escapes are lower case.", "\\u003cnie>", "\\u003Cnie>"),
            ("less-than", "A less-than sign as itself: it could end the script.", "\\u003cnie>", "<nie>"),
            ("nul", "U+0000 in a text.", "Sklep – przekazanie", "Sklep\\u0000"),
            ("half-pair", "Half a pair of surrogates.", "Sklep – przekazanie", "Sklep \\ud83d"),
            ("id-short", "An id of 15 bytes.", $"\"id\":\"{Scenario.Organization}\"", $"\"id\":\"{Scenario.Organization.ToString()[..20]}\""),
            ("padding", "Base64url without padding.", $"\"id\":\"{Scenario.Organization}\"", $"\"id\":\"{Scenario.Organization}==\""),
            ("no-handover", "Evidence of nothing.", agency[agency.IndexOf("\"handovers\":[", StringComparison.Ordinal)..agency.LastIndexOf(",\"signature\"", StringComparison.Ordinal)], "\"handovers\":[]"),
            ("log-unknown", "An entry of a log that isn't there.", ",\"log\":0,\"index\":3,", ",\"log\":1,\"index\":3,"),
            ("entries-fall", "Entries in another order.", ",\"log\":0,\"index\":3,", ",\"log\":0,\"index\":6,"),
            ("consistency-missing", "A proof less than there are checkpoints to join.", "\"consistency\":[]", "\"consistency\":[[]]"),
            ("no-checkpoint", "Without a checkpoint.", agency[agency.IndexOf("\"checkpoints\":[", StringComparison.Ordinal)..agency.IndexOf(",\"consistency\"", StringComparison.Ordinal)], "\"checkpoints\":[]"),
            ("username-empty", "What is empty is left out.", "\"title\":\"Wi-Fi biuro\",", "\"title\":\"Wi-Fi biuro\",\"username\":\"\","),
            ("replies-fall", "A receipt's number twice.", "{\"seq\":2,\"reply\"", "{\"seq\":1,\"reply\""),
            ("addresses-beyond", "An address of an entry that isn't there.", "{\"entry\":6,", "{\"entry\":7,"),
            ("signature-short", "A signature of 63 bytes.", agency[^5..], "\"}"),
        ];
        foreach (var (name, about, from, to) in changes)
        {
            var at = agency.LastIndexOf(from, StringComparison.Ordinal);
            var changed = at < 0 ? throw new InvalidOperationException($"{name}: nothing to change.") : agency[..at] + to + agency[(at + from.Length)..];
            yield return VectorFile.Bad($"evidence-text-{name}", Parse, about, "form", Text(changed));
        }

        yield return VectorFile.Bad("evidence-text-bom", Parse, "A byte order mark.", "form", Text("\uFEFF" + agency));
        yield return VectorFile.Bad(
            "evidence-text-recipient-titled", Parse, "A recipient's has no title.", "form", Text(recipient.Replace(",\"organization\":", ",\"title\":\"Sklep\",\"organization\":", StringComparison.Ordinal)));
    }
}
