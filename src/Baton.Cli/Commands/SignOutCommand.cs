using System.CommandLine;

namespace Baton.Cli.Commands;

/// <summary>`baton sign-out`: ends the session on the server and forgets it here.</summary>
internal static class SignOutCommand
{
    private static readonly Option<bool> Everywhere = new("--everywhere") { Description = "End every session of yours, in browsers too" };

    public static Command Make()
    {
        var command = new Command("sign-out", "End the session and forget it") { Everywhere };
        command.SetAction(async (parsed, cancel) =>
        {
            using (var member = Member.FromFile())
            {
                var ended = await member.Api.SignOut(parsed.GetValue(Everywhere), cancel);
                SessionFile.Delete();
                if (!ended.TryGet(out _, out var problem) && problem.Status != 401)
                {
                    throw Outcomes.Failure(problem);
                }
            }

            if (!parsed.GetValue(BatonCommand.Json))
            {
                Terminal.Write("Signed out.");
            }
        });
        return command;
    }
}
