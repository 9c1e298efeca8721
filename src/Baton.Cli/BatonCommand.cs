using System.CommandLine;
using Baton.Cli.Commands;

namespace Baton.Cli;

/// <summary>The verbs of `baton`, one file each, and what all of them take.</summary>
internal static class BatonCommand
{
    /// <summary>Taken by every verb.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Write the result (and errors) as JSON", Recursive = true };

    /// <summary>Taken by verbs that need the member's keys.</summary>
    public static Option<string?> PasswordFile { get; } = new("--password-file")
    {
        Description = "Take the master password from the first line of this file (/dev/fd/3 for a file descriptor)", HelpName = "FILE",
    };

    public static RootCommand Make() => new("Hand logins over, end to end encrypted, by one link that opens once.")
    {
        SignInCommand.Make(),
        SignOutCommand.Make(),
        SetUpCommand.Make(),
        JoinCommand.Make(),
        HandOver.HandOverCommand.Make(),
        Vault.VaultCommand.Make(),
        OpenCommand.Make(),
        HistoryCommand.Make(),
        RevokeCommand.Make(),
        ExtendCommand.Make(),
        Evidence.EvidenceCommand.Make(),
        RecoverCommand.Make(),
        Json,
    };

    /// <summary>A server's address out of an argument.</summary>
    public static Client.Api.ServerAddress ServerOf(string text) =>
        Client.Api.ServerAddress.TryParse(text, out var server)
            ? server
            : throw new CommandFailedException(
                ExitCode.Usage, $"{text} is no address that Baton talks to.", "https://baton.example, or http://localhost:8080 for a server on this machine.");
}
