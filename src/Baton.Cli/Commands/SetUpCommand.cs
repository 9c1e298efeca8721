using System.CommandLine;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Client.Api;
using Baton.Client.Keys;

namespace Baton.Cli.Commands;

/// <summary>`baton set-up SERVER`: registers the owner of a new installation with the code that its first start printed.</summary>
internal static class SetUpCommand
{
    private static readonly Argument<string> Server = new("server") { HelpName = "SERVER", Description = "The new installation" };
    private static readonly Option<string?> CodeFile = new("--code-file") { HelpName = "FILE", Description = "Take the set-up code from the first line of this file; asked for when not given" };
    private static readonly Option<string> Organization = new("--organization") { HelpName = "NAME", Required = true, Description = "As recipients see it" };
    private static readonly Option<string> Name = new("--name") { HelpName = "NAME", Required = true, Description = "Your own" };
    private static readonly Option<string> Email = new("--email") { HelpName = "E-MAIL", Required = true, Description = "What you sign in with" };

    public static Command Make()
    {
        var command = new Command("set-up", "Register the owner of a new installation; prints the recovery key") { Server, CodeFile, Organization, Name, Email, BatonCommand.PasswordFile };
        command.SetAction(async (parsed, cancel) =>
        {
            using var api = new BatonApi(BatonCommand.ServerOf(parsed.GetRequiredValue(Server)));
            var code = Terminal.AskSecret("Set-up code", parsed.GetValue(CodeFile), "--code-file FILE takes its first line.");
            var password = NewMasterPassword.Ask(parsed.GetValue(BatonCommand.PasswordFile));
            var instance = (await api.Instance(cancel)).OrFail();
            var email = parsed.GetRequiredValue(Email);
            var parameters = (await api.SignInParameters(email, cancel)).OrFail();
            if (!MasterPassword.Accepts(parameters))
            {
                throw new CommandFailedException(ExitCode.Untrusted, "The server names parameters for the master password that no client accepts.");
            }

            var owner = NewOwner.Make(code.Trim(), parsed.GetRequiredValue(Organization), parsed.GetRequiredValue(Name), email, password, parameters);
            var session = (await api.SetUp(owner.Registration, cancel)).OrFail();
            SignInCommand.Keep(api, session, instance);
            if (parsed.GetValue(BatonCommand.Json))
            {
                Terminal.WriteJson(new NewOwnerShown(api.Server.Origin, session.Member.Email, session.Organization.Name, owner.RecoveryCode), CliJson.Shared.NewOwnerShown);
                return;
            }

            Terminal.Write(Safe.Text($"{session.Organization.Name} is set up, and you are signed in as {session.Member.Email}."));
            NewMasterPassword.ShowRecoveryKey(owner.RecoveryCode);
        });
        return command;
    }
}
