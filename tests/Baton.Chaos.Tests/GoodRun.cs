using System.Security.Cryptography;
using System.Text;
using Baton.Chaos.Recording;
using Baton.Protocol.Ledger;

namespace Baton.Chaos.Tests;

/// <summary>
/// A run in which every promise was kept, written by hand: an opened and confirmed handover, one that was locked, one that waits, one whose
/// creation nobody answered; two saves of one entry; a session that ended; two checkpoints. Each test breaks one thing of it.
/// </summary>
internal sealed class GoodRun : IDisposable
{
    public const string Opened = "opened", Locked = "locked", Waiting = "waiting", Unanswered = "unanswered", Entry = "entry", Session = "session";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private long now;

    public GoodRun()
    {
        Do("create", Opened, texts: [Text(Opened, "created")], content: "c1");
        Do("create", Locked, texts: [Text(Locked, "created")], content: "c2");
        Do("create", Waiting, texts: [Text(Waiting, "created")], content: "c3");
        Do("create", Unanswered, Outcome.Unknown, content: "c4");
        Do("lookup", Opened);
        Do("claim", Opened, by: "jan", texts: [Text(Opened, "created"), Text(Opened, "claimed")], content: "c1");
        Do("claim", Opened, Outcome.Refused, "unavailable", by: "eve");
        Do("head", "", texts: [Note(5)]);
        Do("displayed", Opened);
        Do("receipt", Opened, texts: [Text(Opened, "confirmed"), Note(6)]);
        for (var left = 9; left >= 0; left--)
        {
            Do("guess", Locked, Outcome.Refused, "wrong-password", by: "eve", left: left);
        }

        Do("guess", Locked, Outcome.Refused, "unavailable", by: "eve");
        Do("extend", Waiting);
        Do("lookup", Waiting);
        Do("save", Entry, from: 0, content: "e1");
        Do("save", Entry, Outcome.Refused, "stale-revision", from: 0, content: "e2");
        Do("use", Session);
        Do("sign-out", Session);
        Do("use", Session, Outcome.Refused, "sign-in-required");
        Do("head", "", texts: [Note(Ledger.Count)]);
    }

    public List<Operation> Operations { get; } = [];

    public List<Injected> Faults { get; } = [];

    public Dictionary<string, FoundHandover> Handovers { get; } = new(StringComparer.Ordinal)
    {
        [Opened] = new("confirmed", 10, [Text(Opened, "created"), Text(Opened, "claimed"), Text(Opened, "displayed"), Text(Opened, "confirmed")]),
        [Locked] = new("locked", 0, [Text(Locked, "created"), .. Enumerable.Range(0, 10).Select(i => Guess(9 - i)), Text(Locked, "locked")]),
        [Waiting] = new("waiting", 10, [Text(Waiting, "created"), Text(Waiting, "extended")]),
    };

    public Dictionary<string, IReadOnlyList<FoundRevision>> Vault { get; } = new(StringComparer.Ordinal) { [Entry] = [new(1, "e1")] };

    /// <summary>Exact texts, by place.</summary>
    public List<string> Ledger { get; } =
    [
        Text(Opened, "created"), Text(Locked, "created"), Text(Waiting, "created"), Text(Opened, "claimed"), Text(Opened, "displayed"), Text(Opened, "confirmed"),
        .. Enumerable.Range(0, 10).Select(i => Guess(9 - i)), Text(Locked, "locked"), Text(Waiting, "extended"),
    ];

    public List<Verdict> Verdicts { get; } = [new("ledger check", 0, "all as they were logged")];

    public List<string> Leftovers { get; } = [];

    public History History => new(
        [.. Operations.OrderBy(operation => operation.Begin)], Faults,
        new Found(Handovers, Vault, [.. Ledger.Select((text, i) => new FoundEntry(text, i))], Key, Note(Ledger.Count), Verdicts, Leftovers));

    private string Key => new VerifyingKey("baton.example/log", key.ExportSubjectPublicKeyInfo()).ToString();

    /// <summary>A checkpoint of the first entries, signed by the log's key.</summary>
    public string Note(int size, IReadOnlyList<string>? of = null)
    {
        var leaves = (of ?? Ledger).Take(size).Select(text => Leaf.Hash(text)).ToList();
        return new Checkpoint("baton.example/log", size, MerkleTree.Root(size, (level, index) => Tree(leaves, level, index))).Sign(key).ToString();
    }

    public static string Text(string handover, string kind, long time = 1000) => kind switch
    {
        "created" or "extended" => $$"""{"v":1,"kind":"{{kind}}","handover":"{{handover}}","time":{{time}},"expires":900000}""",
        "claimed" => $$"""{"v":1,"kind":"claimed","handover":"{{handover}}","time":{{time}},"readerKey":"jan"}""",
        _ => $$"""{"v":1,"kind":"{{kind}}","handover":"{{handover}}","time":{{time}}}""",
    };

    public static string Guess(int left) => $$"""{"v":1,"kind":"guess-failed","handover":"locked","time":1000,"left":{{left}}}""";

    /// <summary>One more operation, after all that were.</summary>
    public void Do(
        string kind, string subject, Outcome outcome = Outcome.Done, string? said = null, string? by = null, int? left = null, long? from = null, string? content = null,
        IReadOnlyList<string>? texts = null) =>
        Operations.Add(new Operation(now += 10, now += 10, kind, subject, outcome) { Said = said, By = by, Left = left, Base = from, Content = content, Texts = texts ?? [] });

    /// <summary>Changes the first operation of this kind.</summary>
    public void Change(string kind, Func<Operation, Operation> change)
    {
        var at = Operations.FindIndex(operation => operation.Kind == kind);
        Operations[at] = change(Operations[at]);
    }

    /// <summary>Adds an entry to a handover and to the ledger.</summary>
    public void Tell(string handover, string text, string state)
    {
        Handovers[handover] = Handovers[handover] with { State = state, Entries = [.. Handovers[handover].Entries, text] };
        Ledger.Add(text);
    }

    public void Dispose() => key.Dispose();

    private static byte[] Tree(List<byte[]> leaves, int level, long index) =>
        level == 0 ? leaves[(int)index] : MerkleTree.Node(Tree(leaves, level - 1, 2 * index), Tree(leaves, level - 1, (2 * index) + 1));
}
