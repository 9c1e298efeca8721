namespace Baton.Cli.Commands;

/// <summary>A master password that is chosen now, and the recovery key that comes with it.</summary>
internal static class NewMasterPassword
{
    private const int LeastPassword = 12;

    /// <summary>Asks for it twice, or takes the first line of a file.</summary>
    public static string Ask(string? file)
    {
        var password = Terminal.AskSecret($"New master password, at least {LeastPassword} characters", file, "--password-file FILE takes its first line.");
        if (password.Length < LeastPassword)
        {
            throw new CommandFailedException(ExitCode.Usage, $"A master password has at least {LeastPassword} characters.", "Four or more random words are easy to keep in mind.");
        }

        if (file is null && Terminal.AskSecret("The same again", null, "") != password)
        {
            throw new CommandFailedException(ExitCode.Usage, "The two are not the same.");
        }

        return password;
    }

    /// <summary>The one time that it is shown.</summary>
    public static void ShowRecoveryKey(string code)
    {
        Terminal.Write();
        Terminal.Write("Recovery key, shown this once; print it and put it away:");
        Terminal.Write("  " + code);
    }
}
