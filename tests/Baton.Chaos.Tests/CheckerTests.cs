using Baton.Chaos.Checking;
using Baton.Chaos.Recording;

namespace Baton.Chaos.Tests;

/// <summary>The checker of `make chaos` is worth as much as what it finds: each kind of broken promise is planted in a good run, and found.</summary>
public sealed class CheckerTests
{
    /// <summary>What is planted, the promise that has to be named, and how it is done.</summary>
    private static readonly (string What, string Promise, Action<GoodRun> Plant)[] Planted =
    [
        ("a second reader", "one reader", run => run.Do("claim", GoodRun.Opened, by: "eve", content: "c1", texts: [GoodRun.Text(GoodRun.Opened, "claimed")])),
        ("a reader with a wrong password", "one reader", run => run.Do("guess", GoodRun.Waiting, by: "eve", content: "c3")),
        ("other bytes than were sealed", "one reader", run => run.Change("claim", claim => claim with { Content = "c2" })),
        ("another claimed entry than the ledger's", "one reader", run => run.Change("claim", claim => claim with { Texts = [GoodRun.Text(GoodRun.Opened, "claimed", 7)] })),
        ("a reader whom nobody sent", "one reader", run => run.Operations.RemoveAll(operation => operation.Kind == "claim")),
        ("an opening that the ledger doesn't know", "one reader", run => run.Do("claim", GoodRun.Waiting, by: "jan", content: "c3")),
        ("a guess answered twice", "guess budget", run => run.Do("guess", GoodRun.Locked, Outcome.Refused, "wrong-password", by: "eve", left: 0)),
        ("an eleventh guess", "guess budget", run => run.Tell(GoodRun.Locked, GoodRun.Guess(-1), "locked")),
        ("a guess that was not counted", "guess budget", run => run.Do("guess", GoodRun.Waiting, Outcome.Refused, "wrong-password", by: "eve", left: 9)),
        ("a guess that nobody made", "guess budget", run => run.Operations.RemoveAll(operation => operation.Left == 4)),
        ("guesses given back", "guess budget", run => run.Handovers[GoodRun.Locked] = run.Handovers[GoodRun.Locked] with { GuessesLeft = 1 }),
        ("a handover that is lost", "acknowledged = kept", run => run.Handovers.Remove(GoodRun.Waiting)),
        ("a handover that nobody created", "acknowledged = kept", run => run.Handovers["stray"] = new("waiting", 10, [GoodRun.Text("stray", "created")])),
        ("a refused handover that is there", "acknowledged = kept", run => run.Operations.RemoveAll(operation => operation is { Kind: "create", Subject: GoodRun.Waiting })),
        ("another created entry than was answered", "acknowledged = kept", run => run.Change("create", create => create with { Texts = [GoodRun.Text(GoodRun.Opened, "created", 7)] })),
        ("an acknowledged displayed that is lost", "acknowledged = kept", run => run.Do("displayed", GoodRun.Waiting)),
        ("an acknowledged revocation that is lost", "acknowledged = kept", run => run.Do("revoke", GoodRun.Waiting)),
        ("an extension that is lost", "acknowledged = kept", run => run.Do("extend", GoodRun.Waiting)),
        ("an extension that nobody asked for", "acknowledged = kept", run => run.Tell(GoodRun.Waiting, GoodRun.Text(GoodRun.Waiting, "extended", 7), "waiting")),
        ("a receipt that is another", "acknowledged = kept", run => run.Change("receipt", receipt => receipt with { Texts = [GoodRun.Text(GoodRun.Opened, "confirmed", 7)] })),
        ("a share that was lost", "states", run => run.Tell(GoodRun.Waiting, GoodRun.Text(GoodRun.Waiting, "void"), "void")),
        ("an arrow that there is not", "states", run => run.Tell(GoodRun.Waiting, GoodRun.Text(GoodRun.Waiting, "displayed"), "displayed")),
        ("a row that says something else than the ledger", "states", run => run.Handovers[GoodRun.Waiting] = run.Handovers[GoodRun.Waiting] with { State = "revoked" }),
        ("an end before its time", "states", run => run.Tell(GoodRun.Waiting, GoodRun.Text(GoodRun.Waiting, "expired", 899_999), "expired")),
        ("ready although it was opened", "acknowledged = seen", run => run.Do("lookup", GoodRun.Opened)),
        ("opened after its end", "acknowledged = seen", run => run.Do("claim", GoodRun.Opened, by: "jan", content: "c1", texts: [GoodRun.Text(GoodRun.Opened, "claimed")])),
        ("not found although it waits", "acknowledged = seen", run => run.Do("lookup", GoodRun.Waiting, Outcome.Refused, "unavailable")),
        ("not found by its own reader", "acknowledged = seen", run => run.Operations.Insert(6, run.Operations[5] with { Begin = run.Operations[5].End + 1, End = run.Operations[5].End + 2, Outcome = Outcome.Refused, Said = "unavailable" })),
        ("a saved revision that is lost", "vault", run => run.Vault[GoodRun.Entry] = []),
        ("two saves from one revision", "vault", run => run.Do("save", GoodRun.Entry, from: 0, content: "e2")),
        ("a revision that nobody saved", "vault", run => run.Vault[GoodRun.Entry] = [new(1, "e1"), new(2, "e3")]),
        ("a gap in the revisions", "vault", run => run.Vault[GoodRun.Entry] = [new(1, "e1"), new(3, "e3")]),
        ("a session used after its end", "sessions", run => run.Do("use", GoodRun.Session)),
        ("a session that nobody ended", "sessions", run => run.Do("use", "other", Outcome.Refused, "sign-in-required")),
        ("an entry that is missing in the log", "ledger", run => run.Ledger.RemoveAt(run.Ledger.Count - 1)),
        ("an entry that stands there twice", "ledger", run => run.Ledger.Add(run.Ledger[0])),
        ("an entry that was changed", "ledger", run => run.Ledger[2] = GoodRun.Text("changed", "created")),
        ("a fork", "ledger", run => run.Do("head", "", texts: [run.Note(6, [.. run.Ledger.Take(5), GoodRun.Text("fork", "created")])])),
        ("a checkpoint beyond the log", "ledger", run => run.Do("head", "", texts: [run.Note(run.Ledger.Count + 1, [.. run.Ledger, GoodRun.Text("lost", "created")])])),
        ("a head that went back", "ledger", run => run.Do("head", "", texts: [run.Note(5)])),
        ("a checkpoint of another key", "ledger", run => run.Do("head", "", texts: [OfAnotherKey()])),
        ("bytes on the disk", "destroyed", run => run.Leftovers.Add("share of opened in shares.db-wal")),
        ("an old backup that opens", "destroyed", run => run.Do("open-copy", GoodRun.Waiting, by: "eve")),
        ("a check that fails", "sound stores", run => run.Verdicts.Add(new("ledger check", 1, "entry 3 is not what the log says"))),
    ];

    public static TheoryData<string> Kinds => [.. Planted.Select(planted => planted.What)];

    [Fact]
    public void A_run_that_kept_every_promise_has_no_violation()
    {
        using var run = new GoodRun();
        Assert.Empty(Checker.Check(run.History));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_planted_violation_is_found(string what)
    {
        var (_, promise, plant) = Planted.Single(planted => planted.What == what);
        using var run = new GoodRun();
        plant(run);
        Assert.Contains(Checker.Check(run.History), violation => violation.Promise == promise);
    }

    [Fact]
    public void What_had_no_answer_may_have_happened_or_not()
    {
        using var run = new GoodRun();
        run.Do("revoke", GoodRun.Waiting, Outcome.Unknown);
        run.Do("lookup", GoodRun.Waiting, Outcome.Refused, "unavailable");
        run.Do("claim", GoodRun.Unanswered, Outcome.Unknown, by: "jan");
        run.Do("save", GoodRun.Entry, Outcome.Unknown, from: 1, content: "e2");
        Assert.Empty(Checker.Check(run.History));

        run.Vault[GoodRun.Entry] = [new(1, "e1"), new(2, "e2")];
        run.Tell(GoodRun.Waiting, GoodRun.Text(GoodRun.Waiting, "revoked"), "revoked");
        Assert.Empty(Checker.Check(run.History));
    }

    [Fact]
    public void A_history_reads_back_from_its_file()
    {
        using var run = new GoodRun();
        run.Leftovers.Add("share of opened in shares.db-wal");
        var file = Path.GetTempFileName();
        run.History.Write(file);
        var again = History.Read(file);
        File.Delete(file);
        Assert.Equal(run.Operations.Count, again.Operations.Count);
        Assert.Equal(["destroyed"], Checker.Check(again).Select(violation => violation.Promise));
    }

    /// <summary>Of the same name.</summary>
    private static string OfAnotherKey()
    {
        using var other = new GoodRun();
        return other.Note(5);
    }
}
