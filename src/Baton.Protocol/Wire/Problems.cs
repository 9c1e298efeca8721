namespace Baton.Protocol.Wire;

/// <summary>An RFC 9457 problem as this API writes it. The table of types is in spec/api.md; a test compares the two.</summary>
public sealed record Problem(
    string Type, string Title, int Status, string? Detail = null,
    IReadOnlyDictionary<string, string>? Errors = null, int? GuessesLeft = null, string? State = null, long? Limit = null, IReadOnlyList<Id>? Entries = null)
{
    /// <summary>What every type begins with.</summary>
    public const string Prefix = "urn:baton:problem:";
}

/// <summary>One row of the table of problems: the name behind <see cref="Problem.Prefix"/>, its status and its title.</summary>
public readonly record struct ProblemType(string Name, int Status, string Title)
{
    public static readonly ProblemType InvalidRequest = new("invalid-request", 400, "Something in the request is wrong.");
    public static readonly ProblemType WrongPassword = new("wrong-password", 403, "The access password is wrong.");
    public static readonly ProblemType Unavailable = new("unavailable", 404, "This link can't be opened.");
    public static readonly ProblemType SignInRequired = new("sign-in-required", 401, "Sign in first.");
    public static readonly ProblemType SignInFailed = new("sign-in-failed", 401, "E-mail or password is wrong.");
    public static readonly ProblemType Forbidden = new("forbidden", 403, "Your role or right does not allow this.");
    public static readonly ProblemType CrossSite = new("cross-site", 403, "The request came from another site.");
    public static readonly ProblemType WrongSetupCode = new("wrong-setup-code", 403, "The set-up code is wrong or used.");
    public static readonly ProblemType NotFound = new("not-found", 404, "There is no such thing here.");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "This is not how to call this address.");
    public static readonly ProblemType Conflict = new("conflict", 409, "The id is taken by something else.");
    public static readonly ProblemType WrongState = new("wrong-state", 409, "The handover's state does not allow this.");
    public static readonly ProblemType TooLarge = new("too-large", 413, "This is larger than the limit.");
    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "This content type is not accepted here.");
    public static readonly ProblemType TooManyRequests = new("too-many-requests", 429, "Too many requests; try again later.");
    public static readonly ProblemType StaleRevision = new("stale-revision", 409, "It was changed meanwhile; nothing was written.");
    public static readonly ProblemType StaleKey = new("stale-key", 409, "There is a newer key or card: read the session again.");
    public static readonly ProblemType TrialOver = new("trial-over", 403, "The organization's trial is over: it can be read and exported.");
    public static readonly ProblemType Policy = new("policy", 403, "The organization's policy does not allow this.");
    public static readonly ProblemType QuotaExceeded = new("quota-exceeded", 429, "The quota for new handovers is used up.");
    public static readonly ProblemType TlsRequired = new("tls-required", 403, "Use https.");
    public static readonly ProblemType InternalError = new("internal-error", 500, "Something broke in the server; its log says what.");
    public static readonly ProblemType SharesUnavailable = new("shares-unavailable", 503, "The share store is out of reach; nobody has read anything.");
    public static readonly ProblemType NotReady = new("not-ready", 503, "The server is not ready for this; try again, which is safe.");

    /// <summary>The table, in the order of spec/api.md.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        InvalidRequest, WrongPassword, Unavailable, SignInRequired, SignInFailed, Forbidden, CrossSite, WrongSetupCode, NotFound,
        MethodNotAllowed, Conflict, WrongState, TooLarge, UnsupportedMediaType, TooManyRequests,
        StaleRevision, StaleKey, TrialOver, Policy, QuotaExceeded, TlsRequired, InternalError,
        SharesUnavailable, NotReady,
    ];

    /// <summary>The problem of this type.</summary>
    public Problem With(string? detail = null) => new(Problem.Prefix + Name, Title, Status, detail);
}
