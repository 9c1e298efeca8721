using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Chaos.Recording;

/// <summary>What a client knows about one call of its own.</summary>
internal enum Outcome
{
    /// <summary>Answered with 2xx: acknowledged.</summary>
    Done,

    /// <summary>Answered with 4xx: it did not happen.</summary>
    Refused,

    /// <summary>No answer, or 5xx: it may have happened, or not.</summary>
    Unknown,
}

/// <summary>One call of one client: one request on the wire. A repetition is an operation of its own.</summary>
/// <param name="Begin">Microseconds since the run began, by one clock that only goes forward.</param>
/// <param name="End">When the answer was whole, or given up.</param>
/// <param name="Subject">The handover, entry or session.</param>
internal sealed record Operation(long Begin, long End, string Kind, string Subject, Outcome Outcome)
{
    /// <summary>Who: the reader's key.</summary>
    public string? By { get; init; }

    /// <summary>The problem's name.</summary>
    public string? Said { get; init; }

    /// <summary>Guesses left, as answered.</summary>
    public int? Left { get; init; }

    /// <summary>The revision that a save was made from.</summary>
    public long? Base { get; init; }

    /// <summary>SHA-256 of the content that was sent or heard.</summary>
    public string? Content { get; init; }

    /// <summary>Exact texts of entries or checkpoints in the answer.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Whether it can have had an effect.</summary>
    [JsonIgnore]
    public bool MayHaveHappened => Outcome != Outcome.Refused;
}

/// <summary>What was done to the machines.</summary>
internal sealed record Injected(long At, string Kind);

/// <param name="Entries">Exact texts, in order.</param>
internal sealed record FoundHandover(string State, int GuessesLeft, IReadOnlyList<string> Entries);

internal sealed record FoundRevision(long Revision, string Content);

internal sealed record FoundEntry(string Text, long? Index);

/// <summary>What another program said at the end.</summary>
internal sealed record Verdict(string Command, int ExitCode, string Output);

/// <summary>What stood in the databases once all faults were over.</summary>
/// <param name="Vault">Every revision of each entry.</param>
/// <param name="Ledger">Every entry of the ledger, in any order.</param>
/// <param name="Key">The log's verifying key.</param>
/// <param name="Head">Its newest checkpoint.</param>
/// <param name="Verdicts">Of the tools that check the stores; 0 is sound.</param>
/// <param name="Leftovers">What was destroyed and is still found.</param>
internal sealed record Found(
    IReadOnlyDictionary<string, FoundHandover> Handovers, IReadOnlyDictionary<string, IReadOnlyList<FoundRevision>> Vault,
    IReadOnlyList<FoundEntry> Ledger, string Key, string Head, IReadOnlyList<Verdict> Verdicts, IReadOnlyList<string> Leftovers);

/// <summary>A run: all that the checker sees.</summary>
internal sealed record History(IReadOnlyList<Operation> Operations, IReadOnlyList<Injected> Faults, Found Found)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static History Read(string file)
    {
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize<History>(stream, Json)!;
    }

    public void Write(string file)
    {
        using var stream = File.Create(file);
        JsonSerializer.Serialize(stream, this, Json);
    }
}
