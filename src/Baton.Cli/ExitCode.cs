namespace Baton.Cli;

/// <summary>What the process ends with. docs/cli.md has the same table; a test compares them.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>A bug, or a broken machine.</summary>
    Unexpected = 1,

    /// <summary>The command line is wrong, or there is no terminal to ask at.</summary>
    Usage = 2,

    /// <summary>Not signed in, or the e-mail or master password is wrong.</summary>
    SignIn = 3,

    /// <summary>The link can't be opened: unknown, used, expired, revoked, locked, cut or mistyped.</summary>
    Unavailable = 4,

    /// <summary>The access password is wrong.</summary>
    WrongPassword = 5,

    /// <summary>The server refused: a right, a quota, a state, a limit.</summary>
    Refused = 6,

    /// <summary>The server can't be reached, or is no Baton server.</summary>
    Unreachable = 7,

    /// <summary>What the server gave is not what was signed.</summary>
    Untrusted = 8,

    /// <summary>A file can't be read or written, or doesn't hold what it should.</summary>
    Input = 9,
}

/// <summary>A command ends here, with words for the person at the terminal.</summary>
internal sealed class CommandFailedException(ExitCode code, string error, string? hint = null) : Exception(error)
{
    public ExitCode Code { get; } = code;

    public string? Hint { get; } = hint;
}
