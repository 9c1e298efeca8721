using Baton.Chaos.Recording;

namespace Baton.Chaos.Checking;

/// <summary>Ten wrong access passwords in the whole life of a handover, each counted once; the tenth locks it.</summary>
internal static class GuessBudget
{
    public const int Guesses = 10;

    private const string Promise = "guess budget";

    public static IEnumerable<Violation> Check(Life life)
    {
        var answered = life.Of("guess").Where(guess => guess.Said == "wrong-password").ToList();
        if (answered.Count > Guesses || answered.DistinctBy(guess => guess.Left).Count() != answered.Count)
        {
            yield return Broken(life, $"{answered.Count} wrong guesses were answered: {string.Join(' ', answered.Select(guess => guess.Left))}");
        }

        var counted = life.Tells("guess-failed").Select(entry => entry.Json.GetProperty("left").GetInt32()).ToList();
        if (counted.Where((left, i) => left != Guesses - 1 - i).Any())
        {
            yield return Broken(life, $"the ledger counts {string.Join(' ', counted)}");
        }

        if (answered.Any(guess => guess.Left is { } left && !counted.Contains(left)))
        {
            yield return Broken(life, "a guess was answered and not counted");
        }

        if (counted.Count > life.Of("guess").Count(guess => guess.Said == "wrong-password" || guess.Outcome == Outcome.Unknown))
        {
            yield return Broken(life, "more guesses were counted than made");
        }

        if (life.Found is { } found && found.GuessesLeft != Guesses - counted.Count)
        {
            yield return Broken(life, $"{found.GuessesLeft} are left after {counted.Count}");
        }

        if (life.Tells("locked").Any() != (counted.Count == Guesses))
        {
            yield return Broken(life, $"locked after {counted.Count} guesses, or not locked after {Guesses}");
        }
    }

    private static Violation Broken(Life life, string what) => new(Promise, life.Handover, what);
}
