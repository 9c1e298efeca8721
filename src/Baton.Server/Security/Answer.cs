using Baton.Protocol.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Security;

/// <summary>How a write ended: what it made, or why nothing changed.</summary>
internal readonly record struct Answer<T>(T? Value, ProblemResult? Refused)
    where T : class
{
    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(ProblemResult refused) => new(null, refused);

    public static implicit operator Answer<T>(ProblemType refused) => new(null, Problems.Of(refused));

    public Results<WireOk<T>, ProblemResult> Ok() => Refused is null ? new WireOk<T>(Value!) : Refused;
}

/// <summary>A write that answers nothing.</summary>
internal sealed class Done
{
    public static readonly Done It = new();

    public static Results<NoContent, ProblemResult> Of(Answer<Done> answer) => answer.Refused is null ? TypedResults.NoContent() : answer.Refused;
}
