using System.CommandLine;
using Baton.Protocol;

namespace Baton.Cli.Commands;

/// <summary>`baton revoke ID`: the link is dead and the server's copy destroyed.</summary>
internal static class RevokeCommand
{
    private static readonly Argument<string> Handover = new("id") { HelpName = "ID", Description = "The handover, as history shows it" };

    public static Command Make()
    {
        var command = new Command("revoke", "End a handover that waits or is being read") { Handover };
        command.SetAction(async (parsed, cancel) =>
        {
            var id = IdOf(parsed.GetRequiredValue(Handover));
            using var member = Member.FromFile();
            var outcome = await member.Api.Revoke(id, cancel);
            if (!outcome.TryGet(out _, out var problem) && problem.State != "revoked")
            {
                // Revoked already is what was asked for: the first answer may have been lost.
                throw Outcomes.Failure(problem);
            }

            if (!parsed.GetValue(BatonCommand.Json))
            {
                Terminal.Write($"Revoked {id}. Its link opens nothing any more.");
            }
        });
        return command;
    }

    /// <summary>A handover's id out of an argument.</summary>
    public static Id IdOf(string text) =>
        Id.TryParse(text, out var id)
            ? id
            : throw new CommandFailedException(ExitCode.Usage, $"{text} is no handover's id.", "baton history lists them: 22 characters.");
}
