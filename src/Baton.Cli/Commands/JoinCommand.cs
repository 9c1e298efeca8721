using System.CommandLine;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Client.Api;
using Baton.Client.Keys;
using Baton.Protocol.Encoding;

namespace Baton.Cli.Commands;

/// <summary>`baton join`: accepts an invitation with keys of one's own, pinned to the organization that the inviter meant.</summary>
internal static class JoinCommand
{
    private static readonly Argument<string?> Source = new("link")
    {
        HelpName = "LINK", Arity = ArgumentArity.ZeroOrOne, Description = "The invitation; - reads it from standard input; asked for when not given",
    };
    private static readonly Option<string> Name = new("--name") { HelpName = "NAME", Required = true, Description = "Your own, as the others see it" };
    private static readonly Option<string> Email = new("--email") { HelpName = "E-MAIL", Required = true, Description = "What you sign in with" };

    public static Command Make()
    {
        var command = new Command("join", "Accept an invitation; prints the recovery key") { Source, Name, Email, BatonCommand.PasswordFile };
        command.SetAction(Run);
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancel)
    {
        var (server, key) = LinkOf(parsed.GetValue(Source));
        using var api = new BatonApi(server);
        using (key)
        {
            var instance = (await api.Instance(cancel)).OrFail();
            var invitation = (await api.OpenInvitation(key.Auth, cancel)).OrFail();
            if (!key.IsOf(invitation))
            {
                throw new CommandFailedException(
                    ExitCode.Untrusted, "The organization that the server shows is not the one that this link invites to.", "Nothing was sent. Tell who invited you, over another channel.");
            }

            Terminal.Say(Safe.Line($"{invitation.Inviter} invites you to {invitation.Organization.Name}, as {invitation.Role}."));
            var email = parsed.GetRequiredValue(Email);
            var password = NewMasterPassword.Ask(parsed.GetValue(BatonCommand.PasswordFile));
            var parameters = (await api.SignInParameters(email, cancel)).OrFail();
            if (!MasterPassword.Accepts(parameters))
            {
                throw new CommandFailedException(ExitCode.Untrusted, "The server names parameters for the master password that no client accepts.");
            }

            var member = NewMember.Make(key, invitation, parsed.GetRequiredValue(Name), email, password, parameters);
            var session = (await api.AcceptInvitation(member.Request, cancel)).OrFail();
            SignInCommand.Keep(api, session, instance);
            if (parsed.GetValue(BatonCommand.Json))
            {
                Terminal.WriteJson(new NewOwnerShown(api.Server.Origin, session.Member.Email, session.Organization.Name, member.RecoveryCode), CliJson.Shared.NewOwnerShown);
                return;
            }

            Terminal.Write(Safe.Line($"You have joined {session.Organization.Name} as {session.Member.Email}. {invitation.Inviter} has to approve you before you see anything."));
            NewMasterPassword.ShowRecoveryKey(member.RecoveryCode);
        }
    }

    private static (ServerAddress Server, InviteKey Key) LinkOf(string? argument)
    {
        if (argument is not null and not "-")
        {
            Terminal.Say("warning: a link on the command line stays in the shell's history; `baton join` asks for it, `baton join -` reads it.");
        }

        var text = argument switch
        {
            null => Terminal.AskSecret("Invitation", null, "baton join - reads it from standard input."),
            "-" => Console.In.ReadLine() ?? "",
            _ => argument,
        };
        var parts = text.Trim().Split('#', 2);
        var fault = CodeFault.None;
        if (parts is [var place, var code] && place.EndsWith("/i", StringComparison.Ordinal) && ServerAddress.TryParse(place[..^2], out var server)
            && InviteKey.TryParse(code, out var key, out fault))
        {
            return (server, key);
        }

        throw fault switch
        {
            CodeFault.None or CodeFault.Kind => new CommandFailedException(ExitCode.Usage, "This is no invitation to Baton.", "One looks like https://baton.example/i#…"),
            CodeFault.Length => new CommandFailedException(ExitCode.Unavailable, "This invitation is cut off, or something was pasted behind it.", "Copy it again, whole."),
            _ => new CommandFailedException(ExitCode.Unavailable, "This invitation is mistyped.", "Copy it again."),
        };
    }
}
