using System.Text.Json.Nodes;
using Baton.Client.Evidence;
using Baton.Protocol.Encoding;
using Baton.Protocol.Evidence;
using Baton.Protocol.Tests.Vectors;

namespace Baton.Protocol.Tests.Generator;

/// <summary>spec/evidence.md §4: what holds, and for each step what fails it and nothing else.</summary>
internal static class EvidenceVectors
{
    private const string Verify = "evidence.verify";

    private static readonly string Key = new EvidenceScene().Logs[0].Named.Key;

    public static IEnumerable<VectorFile> All() => [.. Good(), .. Failing().Select(Made)];

    /// <summary>A whole one, for tests that change it.</summary>
    public static EvidenceFile Whole => EvidenceScene.Confirmed().Agency();

    private static IEnumerable<VectorFile> Good()
    {
        var agency = Whole;
        var recipient = EvidenceScene.Confirmed().Recipient();
        var recovered = new EvidenceScene().Create().Claim().Recover().Add("void", actor: "server");
        var bracketed = EvidenceScene.Confirmed();
        bracketed.Earlier.AddRange([4, 9]);
        yield return VectorFile.Good(
            "evidence", Verify, "Evidence and a receipt, as text and as a page, with and without a key; of two logs; between checkpoints; purged; of what nobody opened; with a receipt whose reply doesn't open.",
            EvidenceOperations.All[Verify],
            Input(agency, Key), Input(agency), Input(Page(agency), Key), Input(recipient, Key), Input(Page(recipient)),
            Input(recovered.Agency(), recovered.Logs[1].Named.Key), Input(recovered.Agency(), Key), Input(bracketed.Agency(), Key),
            Input(EvidenceScene.Confirmed().Add("erased", ",\"details\":true", "member").Agency(Purged), Key),
            Input(new EvidenceScene().Create().Add("extended", ",\"life\":86400,\"expires\":1780090000000", "member").Add("expired", actor: "server").Agency(), Key),
            Input(new EvidenceScene().Create(flags: 0).Claim().Add("undisplayed", actor: "server").Display().Agency(), Key),
            Input(new EvidenceScene().Create().Claim().Display().Confirm(1, "works", "works", replyKey: Fixed.Bytes("operator")).Agency(), Key));
    }

    private static EvidenceInput Purged(EvidenceInput input) => input with
    {
        Handovers = [input.Handovers[0] with { Title = null, Recipient = null, Items = null, ReplyKey = null, Replies = [], Entries = [.. input.Handovers[0].Entries.Select(entry => entry with { Observed = null })] }],
    };

    private sealed record Failure(string Step, string Name, string About, JsonObject Input);

    private static IEnumerable<Failure> Failing() => [.. OfLog(), .. OfPeople(), .. OfOrder()];

    private static IEnumerable<Failure> OfLog()
    {
        Failure Of(string step, string name, string about, EvidenceFile file, string? key = null) => new(step, name, about, Input(file, key ?? Key));
        var whole = Whole;
        var page = Page(whole);
        yield return new("bytes", "text", "A space behind the text.", Input(EvidenceText.Write(whole) + " ", Key));
        yield return new("bytes", "page-changed", "A word of the readable part is another.", Input(page[..page.IndexOf("Ewa Żak", StringComparison.Ordinal)] + "Ewa Nowak" + page[(page.IndexOf("Ewa Żak", StringComparison.Ordinal) + 7)..], Key));
        yield return new("bytes", "page-more", "Something stands behind the page.", Input(page + "<p>more</p>", Key));
        yield return new("bytes", "page-without", "A page with no machine part.", Input("<!doctype html><p>Everything is fine.</p>", Key));

        yield return Of("leaf", "text", "An entry's text is another.", Entry(whole, 1, entry => entry with { Text = entry.Text.Replace("\"left\":9", "\"left\":8", StringComparison.Ordinal) }));
        yield return Of("leaf", "other-handover", "An entry of another handover.", Saying(text => text.Replace($"{Scenario.Handover}", $"{Fixed.Id("another")}", StringComparison.Ordinal)));
        yield return Of("leaf", "other-organization", "An entry of another organization.", Saying(text => text.Replace($"{Scenario.Organization}", $"{Fixed.Id("another")}", StringComparison.Ordinal)));
        yield return Of("leaf", "unknown-kind", "A kind that this version doesn't know.", Saying(text => text.Replace("guess-failed", "guess-worked", StringComparison.Ordinal)));
        yield return Of("leaf", "kind-not-its", "A kind of entry that is about no handover.", Saying(text => text.Replace("guess-failed", "signed-in", StringComparison.Ordinal)));
        yield return Of("leaf", "member-twice", "A member stands there twice: readers would differ.", Saying(text => text.Replace("\"left\":9", "\"left\":9,\"left\":8", StringComparison.Ordinal)));
        yield return Of("leaf", "member-twice-escaped", "As before, written otherwise.", Saying(text => text.Replace("\"left\":9", "\"left\":9,\"\\u006ceft\":8", StringComparison.Ordinal)));
        yield return Of("leaf", "white-space", "White space outside a string.", Saying(text => text.Replace("\"left\":9", "\"left\": 9", StringComparison.Ordinal)));
        yield return Of("leaf", "number", "A number written otherwise.", Saying(text => text.Replace("\"left\":9", "\"left\":9e0", StringComparison.Ordinal)));
        yield return Of("leaf", "member-missing", "Without what its kind adds.", Saying(text => text.Replace(",\"left\":9", "", StringComparison.Ordinal)));
        yield return Of("leaf", "member-of-nobody", "A member who acts is named.", Saying(text => text.Replace("recipient", "member", StringComparison.Ordinal)));
        yield return Of("leaf", "deep", "Deeper than entries are.", Saying(text => text.Replace("\"left\":9", "\"left\":9,\"more\":[[[[[[[[]]]]]]]]", StringComparison.Ordinal)));

        yield return Of("proof", "other-hash", "A hash of the proof is another.", Entry(whole, 1, entry => entry with { Proof = [Fixed.Bytes("hash"), .. entry.Proof.Skip(1)] }));
        yield return Of("proof", "cut", "A hash is missing.", Entry(whole, 1, entry => entry with { Proof = [.. entry.Proof.SkipLast(1)] }));
        yield return Of("proof", "other-index", "At another index.", Entry(whole, 1, entry => entry with { Index = entry.Index + 1 }));

        var recovered = new EvidenceScene().Create().Claim().Recover().Add("void", actor: "server");
        var newest = recovered.Logs[1].Named.Key;
        EvidenceFile Broken(Func<EvidenceScene, EvidenceScene> recover) => recover(new EvidenceScene().Create().Claim()).Add("void", actor: "server").Agency();
        var bracketed = EvidenceScene.Confirmed();
        bracketed.Earlier.AddRange([4, 9]);
        var three = bracketed.Agency();
        var log = bracketed.Logs[0];
        yield return Of("checkpoint", "consistency", "Two checkpoints that don't join.", EvidenceScene.Signed(three with { Consistency = [three.Consistency[0], [Fixed.Bytes("hash"), .. three.Consistency[1].Skip(1)]] }));
        yield return Of("checkpoint", "sizes-fall", "A smaller checkpoint behind a larger one.", Noted(three, 0, log.Note(9), 1, log.Note(4)));
        yield return Of("checkpoint", "same-size", "A checkpoint twice.", EvidenceScene.Signed(Noted(three, 0, log.Note(9), 1, log.Note(9)) with { Consistency = [[], three.Consistency[1]] }));
        yield return Of("checkpoint", "other-origin", "A checkpoint of another log, by this log's key.", Noted(three, 0, log.Note(4, named: "other.example/log")));
        yield return Of("checkpoint", "opening-quotes-other", "The log's opening quotes another end of the one before.", Broken(scene => scene.Recover(previous: scene.Logs[0].Note(4))), newest);
        yield return Of("checkpoint", "opening-quotes-nothing", "It quotes no end, and the log before has one.", Broken(scene => scene.Recover(previous: "")), newest);
        yield return Of("checkpoint", "opening-quotes-text", "What it quotes is no checkpoint.", Broken(scene => scene.Recover(previous: "all was well")), newest);
        yield return Of("checkpoint", "opening-of-other", "The opening is another log's.", Broken(scene => scene.Recover(origin: "baton.example/log/3")), newest);
        yield return Of("checkpoint", "opening-late", "Entries stand before the opening.", Broken(scene => scene.Recover(before: 1)), newest);

        yield return Of("signature", "other-key", "A checkpoint signed by another key.", Noted(three, 0, log.Note(4, Fixed.Key("someone"))));
        yield return Of("signature", "key-not-mine", "Another key than the one that the verifier knows.", whole, newest);
        yield return Of("signature", "key-name", "The log's key is another log's.", EvidenceScene.Signed(whole with { Logs = [whole.Logs[0] with { Key = newest }] }), newest);

        var token = whole with { Checkpoints = [whole.Checkpoints[0] with { Stamps = [new EvidenceStamp("https://stamps.example", Fixed.Bytes("token", 300))] }] };
        yield return Of("stamps", "no-token", "A stamp that is none.", EvidenceScene.Signed(token));
    }

    private static IEnumerable<Failure> OfPeople()
    {
        Failure Of(string step, string name, string about, EvidenceFile file) => new(step, name, about, Input(file, Key));
        EvidenceFile Changed(Func<EvidenceHandover, EvidenceHandover> change) => EvidenceScene.Signed(Whole with { Handovers = [change(Whole.Handovers[0])] });
        var items = Whole.Handovers[0].Items!;
        var replies = Whole.Handovers[0].Replies!;
        yield return Of("commitments", "recipient", "Another recipient than the one committed to.", Changed(part => part with { Recipient = part.Recipient! with { Name = "Jan Nowak" } }));
        yield return Of("commitments", "item", "Another title.", Changed(part => part with { Items = [items[0], items[1] with { Title = "Wi-Fi dom" }] }));
        yield return Of("commitments", "items-order", "Items in another order.", Changed(part => part with { Items = [items[1], items[0]] }));
        yield return Of("commitments", "item-missing", "An item is missing.", Changed(part => part with { Items = [items[0]] }));
        yield return Of("commitments", "address", "Another address.", Changed(part => part with { Addresses = [part.Addresses![0] with { Address = "203.0.113.8" }, part.Addresses![1]] }));
        yield return Of("commitments", "address-of-other", "An address of an entry that commits to none.", Changed(part => part with { Addresses = [part.Addresses![0] with { Entry = 1 }] }));

        yield return Of("sender", "signature", "Somebody else signed the handover.", Afresh(new EvidenceScene().Create(signer: Fixed.Key("someone")).Agency));
        yield return Of("sender", "card", "The card that it names isn't in the roster.", Afresh(new EvidenceScene().Create(card: Fixed.Bytes("card")).Agency));
        yield return Of("sender", "other-member", "Another member is said to be the sender.", Changed(part => part with { Sender = part.Sender with { Member = Fixed.Id("helper") } }));
        var colleague = new EvidenceScene().Create();
        colleague.Roster.Add("helper", Role.Admin, "owner", signer: "helper");
        yield return new("sender", "roster", "A card that its issuer did not sign; so no card of the composer's holds either.", Input(colleague.Agency(), Key));

        yield return Of("receipt", "displayed", "A proof that isn't the one that only the reader can make.", Afresh(new EvidenceScene().Create().Claim().Display(Fixed.Bytes("proof")).Agency));
        yield return Of("receipt", "signature", "Confirmed by another key than the reader's.", Afresh(new EvidenceScene().Create().Claim().Display().Confirm(1, "works", "works", signer: Fixed.Key("someone")).Agency));
        yield return Of("receipt", "items", "Other items are confirmed.", Afresh(new EvidenceScene().Create().Claim().Display().Confirm(1, "works", "works", items: [Fixed.Bytes("a"), Fixed.Bytes("b")]).Agency));
        yield return Of("receipt", "reply", "Another reply than the one confirmed.", Changed(part => part with { Replies = [replies[0] with { Reply = replies[1].Reply }, replies[1]] }));
        yield return Of("receipt", "name", "Another name than the recipient typed.", Changed(part => part with { Replies = [replies[0], replies[1] with { Name = "Jan Nowak" }] }));
        yield return Of("receipt", "note", "A note less than the recipient typed.", Changed(part => part with { Replies = [replies[0], replies[1] with { Notes = ["", ""] }] }));
        yield return Of("receipt", "clock", "Another time than the recipient's clock.", Changed(part => part with { Replies = [replies[0], replies[1] with { Clock = 0 }] }));
        yield return Of("receipt", "reply-of-nothing", "A reply to no receipt.", Changed(part => part with { Replies = [.. replies, replies[1] with { Seq = 3 }] }));
        yield return Of("receipt", "no-key", "Replies that nothing opens.", Changed(part => part with { ReplyKey = null }));

        yield return Of("composer", "changed", "A name that the composer told is another.", Whole with { Title = "Inny sklep" });
        yield return Of("composer", "stranger", "The composer has no card.", EvidenceScene.Signed(Whole with { Composer = new EvidencePerson(Fixed.Id("stranger"), "Ewa Żak") }));
        var removed = new EvidenceScene();
        removed.Roster.Add("helper", Role.Owner, "owner").Add("owner", Role.Removed, "helper");
        yield return Of("composer", "removed", "The composer was removed.", removed.Create().Agency());
        yield return Of("composer", "other-reader", "A receipt signed by another key than the reader's.", EvidenceScene.Confirmed().Recipient(Fixed.Key("someone")));
    }

    private static IEnumerable<Failure> OfOrder()
    {
        static Failure Of(string name, string about, EvidenceScene scene) => new("grades", name, about, Input(scene.Agency(), Key));
        yield return Of("displayed-unclaimed", "Decrypted, and nobody opened it: an entry was left out.", new EvidenceScene().Create().Display());
        yield return Of("confirmed-unseen", "Confirmed before it was decrypted.", new EvidenceScene().Create().Claim().Confirm(1, "works", "works"));
        yield return Of("claimed-twice", "Opened twice.", new EvidenceScene().Create().Claim().Claim());
        yield return Of("claimed-after-end", "Opened after it had ended.", new EvidenceScene().Create().Add("expired", actor: "server").Claim());
        yield return Of("receipts-fall", "An earlier receipt behind a later one.", new EvidenceScene().Create().Claim().Display().Confirm(2, "works", "works").Confirm(1, "works", "works"));
        yield return Of("created-late", "Something happened before it was there.", new EvidenceScene().Add("guess-failed", ",\"left\":9").Create());
    }

    private static EvidenceFile Afresh(Func<Func<EvidenceInput, EvidenceInput>?, EvidenceFile> compose) => compose(null);

    /// <summary>A log in which the second entry says something else.</summary>
    private static EvidenceFile Saying(Func<string, string> change)
    {
        var text = Whole.Handovers[0].Entries[1].Text;
        return new EvidenceScene().Create().Append(change(text)).Claim().Agency();
    }

    private static EvidenceFile Entry(EvidenceFile file, int number, Func<EvidenceEntry, EvidenceEntry> change)
    {
        var part = file.Handovers[0];
        return EvidenceScene.Signed(file with { Handovers = [part with { Entries = [.. part.Entries.Select((entry, i) => i == number ? change(entry) : entry)] }] });
    }

    private static EvidenceFile Noted(EvidenceFile file, int first, string note, int second = -1, string other = "") => EvidenceScene.Signed(
        file with { Checkpoints = [.. file.Checkpoints.Select((checkpoint, i) => i == first ? checkpoint with { Note = note } : i == second ? checkpoint with { Note = other } : checkpoint)] });

    private static string Page(EvidenceFile file) => Rendering.Render(file, EvidenceText.Write(file));

    private static JsonObject Input(EvidenceFile file, string? key = null) => Input(EvidenceText.Write(file), key);

    private static JsonObject Input(string file, string? key = null) => new() { ["file"] = file, ["key"] = key };

    /// <summary>Only this step fails; what it is that the roster is broken, the composer's card goes with it.</summary>
    private static VectorFile Made(Failure failure)
    {
        var output = EvidenceOperations.All[Verify](failure.Input).Output!;
        var failed = output["steps"]!.AsObject().Where(step => step.Value!.GetValue<string>().StartsWith("failed", StringComparison.Ordinal)).Select(step => step.Key).ToList();
        string[] expected = failure is { Step: "sender", Name: "roster" } ? ["sender", "composer"] : [failure.Step];
        if (!failed.SequenceEqual(expected, StringComparer.Ordinal))
        {
            throw new InvalidOperationException($"{failure.Step} {failure.Name} fails {string.Join(", ", failed)}.");
        }

        var number = EvidenceVerification.StepNames.ToList().IndexOf(failure.Step) + 1;
        return new VectorFile($"evidence-{number:00}-{failure.Step}-{failure.Name}", Verify, failure.About, [new JsonObject { ["input"] = failure.Input, ["output"] = output }]);
    }
}
