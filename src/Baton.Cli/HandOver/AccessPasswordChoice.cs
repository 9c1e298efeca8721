using System.CommandLine;
using Baton.Cli.Words;
using Baton.Client.Sealing;

namespace Baton.Cli.HandOver;

/// <summary>The access password of a handover: generated words, the sender's own, or none at all; and how it will travel.</summary>
internal static class AccessPasswordChoice
{
    private static readonly string[] Channels = ["phone", "sms", "messenger", "in-person", "post", "other"];

    private static readonly Option<string> Password = Choice("--password", "words", ["words", "ask", "none"], "The access password: generated words, your own, or none at all");
    private static readonly Option<int> WordCount = new("--words") { HelpName = "N", DefaultValueFactory = _ => AccessWords.Least, Description = "Words in a generated password, 4 to 10" };
    private static readonly Option<string?> AccessFile = new("--access-password-file") { HelpName = "FILE", Description = "With --password ask: take it from the first line of this file" };

    /// <summary>How it will travel.</summary>
    public static readonly Option<string> Channel = Choice("--channel", "phone", Channels, "How the access password will travel; recorded");

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Password, WordCount, AccessFile, Channel])
        {
            command.Add(option);
        }
    }

    /// <summary>The password, and its strength where it was generated; null for none.</summary>
    public static (string? Password, double? Bits) Of(ParseResult parsed)
    {
        switch (parsed.GetRequiredValue(Password))
        {
            case "none":
                return (null, null);
            case "ask":
                var password = Terminal.AskSecret("Access password", parsed.GetValue(AccessFile), "--access-password-file FILE takes its first line.");
                return AccessPassword.Normalize(password).Trim('-').Length < 6
                    ? throw new CommandFailedException(ExitCode.Usage, "This access password is too short: case, spaces and dashes do not count.", "--password words makes one that can be spoken.")
                    : (password, null);
            default:
                var words = parsed.GetValue(WordCount);
                return words is < AccessWords.Least or > 10
                    ? throw new CommandFailedException(ExitCode.Usage, $"--words takes {AccessWords.Least} to 10.")
                    : (AccessWords.Make(words), AccessWords.Bits(words));
        }
    }

    /// <summary>An option with a few values.</summary>
    public static Option<string> Choice(string name, string otherwise, string[] choices, string description)
    {
        var option = new Option<string>(name) { DefaultValueFactory = _ => otherwise, Description = description };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }
}
