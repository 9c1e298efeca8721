using System.CommandLine;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Client.Api;
using Baton.Client.Keys;
using Baton.Protocol.Wire;

namespace Baton.Cli.Commands;

/// <summary>`baton sign-in SERVER`: keeps a session; the keys stay locked.</summary>
internal static class SignInCommand
{
    private static readonly Argument<string> Server = new("server") { HelpName = "SERVER", Description = "https://baton.example, or http://localhost:8080" };
    private static readonly Option<string?> Email = new("--email") { HelpName = "E-MAIL", Description = "Asked for when not given" };

    public static Command Make()
    {
        var command = new Command("sign-in", "Sign in to a server and keep the session") { Server, Email, BatonCommand.PasswordFile };
        command.SetAction(async (parsed, cancel) =>
        {
            var email = parsed.GetValue(Email) ?? Terminal.Ask("E-mail", "--email E-MAIL");
            await Run(new Terminal(parsed.GetValue(BatonCommand.Json)), BatonCommand.ServerOf(parsed.GetRequiredValue(Server)), email, parsed.GetValue(BatonCommand.PasswordFile), cancel);
        });
        return command;
    }

    private static async Task Run(Terminal terminal, ServerAddress server, string email, string? passwordFile, CancellationToken cancel)
    {
        using var api = new BatonApi(server);
        var instance = (await api.Instance(cancel)).OrFail();
        var parameters = (await api.SignInParameters(email, cancel)).OrFail();
        var password = Terminal.AskSecret("Master password", passwordFile, "--password-file FILE takes its first line.");
        if (!MasterPassword.TryStretch(password, parameters, out var stretched))
        {
            throw new CommandFailedException(ExitCode.Untrusted, "The server names parameters for the master password that no client accepts.");
        }

        Session session;
        using (stretched)
        {
            session = (await api.SignIn(new SignIn(email, stretched.AuthKey), cancel)).OrFail();
        }

        // Opening the keys once says now, and not at the first handover, whether this server can be believed.
        using var member = Member.Unlock(session, password);
        Keep(api, session, instance);
        if (terminal.Json)
        {
            Terminal.WriteJson(
                new SignedIn(server.Origin, session.Member.Email, session.Member.Name, session.Organization.Name, session.Member.Role), CliJson.Shared.SignedIn);
            return;
        }

        Terminal.Write(Safe.Text($"Signed in as {session.Member.Name} <{session.Member.Email}>, {session.Organization.Name}."));
        Terminal.Write(Safe.Text($"Links will begin with {instance.Origin}/h#"));
    }

    /// <summary>Keeps the session that these cookies are of.</summary>
    public static void Keep(BatonApi api, Session session, Instance instance) =>
        new SessionFile(api.Server.Origin, session.Member.Email, instance.Origin, instance.LedgerKey, api.Cookies.Values).Save();
}
