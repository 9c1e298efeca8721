using System.CommandLine;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Client.Api;
using Baton.Client.Keys;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;

namespace Baton.Cli.Commands;

/// <summary>`baton recover SERVER`: a new master password with the recovery key, which is void afterwards; shows the new one.</summary>
internal static class RecoverCommand
{
    private static readonly Argument<string> Server = new("server") { HelpName = "SERVER", Description = "https://baton.example, or http://localhost:8080" };
    private static readonly Option<string> Email = new("--email") { HelpName = "E-MAIL", Required = true, Description = "What you sign in with" };
    private static readonly Option<string?> KeyFile = new("--recovery-key-file") { HelpName = "FILE", Description = "Take the recovery key from the first line of this file; asked for when not given" };

    public static Command Make()
    {
        var command = new Command("recover", "Choose a new master password with the recovery key") { Server, Email, KeyFile, BatonCommand.PasswordFile };
        command.SetAction(async (parsed, cancel) =>
        {
            using var api = new BatonApi(BatonCommand.ServerOf(parsed.GetRequiredValue(Server)));
            var email = parsed.GetRequiredValue(Email);
            var instance = (await api.Instance(cancel)).OrFail();
            using var old = KeyOf(Terminal.AskSecret("Recovery key", parsed.GetValue(KeyFile), "--recovery-key-file FILE takes its first line."));
            var opened = (await api.OpenRecovery(new OpenRecovery(email, old.Auth), cancel)).OrFail();
            if (!MemberKeys.TryOpen(old.Wrap, opened.Member, opened.RecoveryBlob, out var keys))
            {
                throw new CommandFailedException(ExitCode.Untrusted, "What the server gave does not open with this recovery key.", "Nothing was changed.");
            }

            using (keys)
            using (var fresh = RecoveryKey.Make())
            {
                var password = NewMasterPassword.Ask(parsed.GetValue(BatonCommand.PasswordFile));
                var parameters = MasterPassword.NewParameters();
                MasterPassword.TryStretch(password, parameters, out var stretched);
                using (stretched!)
                {
                    var session = (await api.Recover(
                        new Recovery(email, old.Auth, parameters, stretched!.AuthKey, fresh.Auth, keys.Close(stretched.WrapKey, opened.Member), keys.Close(fresh.Wrap, opened.Member)), cancel)).OrFail();
                    using var member = Member.Unlock(session, password);
                    SignInCommand.Keep(api, session, instance);
                    Show(parsed.GetValue(BatonCommand.Json), api.Server.Origin, session, fresh.ToCode());
                }
            }
        });
        return command;
    }

    private static void Show(bool json, string server, Session session, string code)
    {
        if (json)
        {
            Terminal.WriteJson(new NewOwnerShown(server, session.Member.Email, session.Organization.Name, code), CliJson.Shared.NewOwnerShown);
            return;
        }

        Terminal.Write(Safe.Text($"Your master password is new, and you are signed in as {session.Member.Email}. Every other session has ended."));
        NewMasterPassword.ShowRecoveryKey(code);
    }

    private static RecoveryKey KeyOf(string text) => RecoveryKey.TryParse(text, out var key, out var fault)
        ? key
        : throw new CommandFailedException(ExitCode.Usage, fault switch
        {
            CodeFault.Kind => "This is a link, not a recovery key.",
            CodeFault.Length => "This recovery key is cut off, or something stands behind it: it has 14 groups of four.",
            _ => "This recovery key is mistyped.",
        });
}
