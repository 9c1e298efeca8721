using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Protocol.Encoding;
using Baton.Protocol.Ledger;
using Baton.Protocol.Tests.Vectors;
using Baton.Protocol.Wire;

namespace Baton.Protocol.Tests.Generator;

/// <summary>Answers of the server to several questions, as one list of checkpoints. spec/evidence.md §1.</summary>
internal static class JoinVectors
{
    private const string Join = "proofs.join";

    private static readonly LogScript First = new LogScript("baton.example/log", Fixed.Key("ledger")).AddOthers(9);
    private static readonly LogScript Second = new LogScript("baton.example/log/2", Fixed.Key("ledger 2")).AddOthers(13);

    public static IEnumerable<VectorFile> All()
    {
        LedgerProofs[] several = [Part([4], [7]), Part([], [7, 11]), Part([6], [2])];
        yield return VectorFile.Good(
            "proofs-join", Join, "One answer as it is; several, joined by proofs that are asked for where two checkpoints stood in different ones.", EvidenceOperations.All[Join],
            Input([Part([4, 6], [7])]), Input(several, (0, 4, 6), (1, 2, 7)),
            Input([Part([], [7]), Noted(Part([], [7]), Second.Note(7, Fixed.Key("the same, signed again")))]));
        yield return VectorFile.Bad("proofs-join-missing", Join, "A proof isn't given.", "missing", Input(several, (0, 4, 6)));
        yield return VectorFile.Bad(
            "proofs-join-contradiction", Join, "Two roots of one size.", "contradiction",
            Input([Part([], [7]), Noted(Part([], [7]), Second.Sign(new Checkpoint(Second.Origin, 7, Second.Root(8)).ToText()))]));
        yield return VectorFile.Bad("proofs-join-other-log", Join, "Answers of different logs.", "logs", Input([Part([], [7]), Part([], [7]) with { Logs = [First.Named, First.Named] }]));
    }

    /// <summary>An answer with these earlier checkpoints of the two logs.</summary>
    private static LedgerProofs Part(long[] first, long[] second)
    {
        var sizes = first.Append(First.Size).Select(size => (Log: 0, Of: First, Size: size)).Concat(second.Append(Second.Size).Select(size => (Log: 1, Of: Second, Size: size))).ToList();
        return new LedgerProofs(
            [First.Named, Second.Named],
            [Second.Prove("opening", 1, 0)],
            [.. sizes.Select(at => new ProvenCheckpoint(at.Log, at.Of.Note(at.Size), []))],
            [.. sizes.Zip(sizes.Skip(1)).Select(pair => pair.First.Log == pair.Second.Log ? pair.First.Of.Consistency(pair.First.Size, pair.Second.Size) : [])]);
    }

    private static LedgerProofs Noted(LedgerProofs part, string note) => part with { Checkpoints = [part.Checkpoints[0], part.Checkpoints[1] with { Note = note }, part.Checkpoints[2]] };

    private static JsonObject Input(IReadOnlyList<LedgerProofs> parts, params ReadOnlySpan<(int Log, int From, int To)> given)
    {
        var proofs = new JsonArray();
        foreach (var (log, from, to) in given)
        {
            var hashes = (log == 0 ? First : Second).Consistency(from, to).Select(hash => JsonValue.Create(Base64Url.Encode(hash)));
            proofs.Add(new JsonObject { ["log"] = log, ["from"] = from, ["to"] = to, ["proof"] = new JsonArray([.. hashes]) });
        }

        return new JsonObject { ["parts"] = JsonSerializer.SerializeToNode(parts, EvidenceOperations.Options), ["given"] = proofs };
    }
}
