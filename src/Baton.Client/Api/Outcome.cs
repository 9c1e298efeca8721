using System.Diagnostics.CodeAnalysis;
using Baton.Protocol.Wire;

namespace Baton.Client.Api;

/// <summary>What a call came to: its answer, or the problem that the server named.</summary>
public readonly record struct Outcome<T>
    where T : class
{
    private readonly T? value;
    private readonly Problem? problem;

    /// <summary>The call was answered.</summary>
    public Outcome(T value) => this.value = value;

    /// <summary>The server named a problem.</summary>
    public Outcome(Problem problem) => this.problem = problem;

    /// <summary>The answer, or else the problem.</summary>
    public bool TryGet([NotNullWhen(true)] out T? answer, [NotNullWhen(false)] out Problem? refused)
    {
        answer = value;
        refused = problem;
        return value is not null;
    }
}

/// <summary>Stands for an answer without a body.</summary>
public sealed class Done
{
    /// <summary>The one there is.</summary>
    public static Done Value { get; } = new();
}

/// <summary>The type of a problem, compared by its row in the table.</summary>
public static class ProblemTypes
{
    /// <summary>Whether the problem is of this type.</summary>
    public static bool Is(this Problem problem, ProblemType type) => problem.Type == Problem.Prefix + type.Name;
}

/// <summary>The server did not answer, or not as Baton does.</summary>
public sealed class ServerUnreachableException : Exception
{
    /// <summary>With what went wrong.</summary>
    public ServerUnreachableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
