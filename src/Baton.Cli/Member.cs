using Baton.Client.Api;
using Baton.Client.Keys;
using Baton.Client.Vault;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Cli;

/// <summary>The member at this terminal: a session, and the keys once the master password was given.</summary>
internal sealed class Member : IDisposable
{
    private SessionFile file;

    private Member(SessionFile file, BatonApi api)
    {
        this.file = file;
        Api = api;
    }

    public BatonApi Api { get; }

    public string Origin => file.Origin;

    public string LedgerKey => file.LedgerKey;

    /// <summary>The member of the session that was kept.</summary>
    public static Member FromFile()
    {
        var file = SessionFile.Load();
        return ServerAddress.TryParse(file.Server, out var server)
            ? new Member(file, new BatonApi(server, Cookies.From(file.Cookies)))
            : throw new CommandFailedException(ExitCode.SignIn, "The kept session names no server.", "baton sign-in SERVER");
    }

    /// <summary>Opens the keys with the master password.</summary>
    public async Task<UnlockedMember> Unlock(string? passwordFile, CancellationToken cancel)
    {
        var session = (await Api.Session(cancel)).OrFail();
        await CheckPins(cancel);
        var password = Terminal.AskSecret($"Master password of {file.Email}", passwordFile, "--password-file FILE takes its first line.");
        var member = Unlock(session, password);
        file = file with { Cookies = Api.Cookies.Values };
        file.Save();
        return member;
    }

    /// <summary>Opens the keys of a session, holds all of it against what this machine has seen before, and remembers it.</summary>
    public static UnlockedMember Unlock(Session session, string password)
    {
        if (!MasterPassword.TryStretch(password, session.Parameters, out var stretched))
        {
            throw new CommandFailedException(ExitCode.Untrusted, "The server names parameters for the master password that no client accepts.");
        }

        using (stretched)
        {
            var seen = SeenFile.Load();
            var fault = UnlockedMember.Unlock(session, stretched.WrapKey, seen.Of(session.Member.Id), out var member);
            if (member is null)
            {
                throw Failure(fault);
            }

            seen.Save(member.Member, member.Seen);
            return member;
        }
    }

    /// <summary>The entries of an unlocked member; what they show is remembered.</summary>
    public VaultEntries Entries(UnlockedMember unlocked) => new(Api, unlocked, seen => SeenFile.Load().Save(unlocked.Member, seen));

    private static CommandFailedException Failure(UnlockFault fault) => fault switch
    {
        UnlockFault.Password => new CommandFailedException(ExitCode.SignIn, "The master password is wrong."),
        UnlockFault.Pending => new CommandFailedException(ExitCode.Refused, "You are not approved yet.", "Who invited you has to approve you first."),
        _ => new CommandFailedException(
            ExitCode.Untrusted,
            fault switch
            {
                UnlockFault.Roster => "The server's cards do not lead from your organization's root card to your own keys.",
                UnlockFault.OlderRoster => "The server hides changes of your organization's members that this machine has seen before.",
                UnlockFault.OwnCard => "The server shows a card of yours that doesn't name your own keys.",
                UnlockFault.Grant => "The server offers a group's key that nobody who may has signed for you.",
                UnlockFault.OlderKey => "The server offers an older key of a group than you have used before.",
                UnlockFault.Chain => "The server offers older keys of a group that do not follow from its newest.",
                UnlockFault.GroupDetails => "The server shows a group's name that isn't sealed under its key.",
                UnlockFault.Policy => "The server shows a policy that no owner or admin has signed.",
                UnlockFault.OlderPolicy => "The server shows an older policy than this machine has seen before.",
                _ => throw new ArgumentOutOfRangeException(nameof(fault)),
            },
            "Somebody may have swapped keys: ask your organization's owner before going on."),
    };

    public void Dispose() => Api.Dispose();

    private async Task CheckPins(CancellationToken cancel)
    {
        var instance = (await Api.Instance(cancel)).OrFail();
        if (instance.Origin != file.Origin || instance.LedgerKey != file.LedgerKey)
        {
            throw new CommandFailedException(
                ExitCode.Untrusted, $"The server's address or ledger key is not the one of your sign-in ({file.Origin}).", "If your organization moved it, sign in again.");
        }
    }
}

internal static class Outcomes
{
    /// <summary>The answer, or the command ends with the problem in words.</summary>
    public static T OrFail<T>(this Outcome<T> outcome)
        where T : class =>
        outcome.TryGet(out var answer, out var problem) ? answer : throw Failure(problem);

    public static CommandFailedException Failure(Problem problem)
    {
        var details = problem.Errors is { Count: > 0 } errors ? string.Join("; ", errors.Select(error => $"{error.Key}: {error.Value}")) : problem.Detail;
        var text = details is null ? problem.Title : $"{problem.Title} {details}";
        return problem switch
        {
            _ when problem.Is(ProblemType.SignInRequired) => new CommandFailedException(ExitCode.SignIn, "Your session has ended.", "baton sign-in SERVER"),
            _ when problem.Is(ProblemType.SignInFailed) => new CommandFailedException(ExitCode.SignIn, text),
            _ when problem.Is(ProblemType.Unavailable) => new CommandFailedException(
                ExitCode.Unavailable, "This link can't be opened.", "It was used, has expired, was revoked, or never existed. Ask the sender for a new one."),
            _ when problem.Is(ProblemType.WrongPassword) => new CommandFailedException(ExitCode.WrongPassword, text),
            _ when problem.Is(ProblemType.WrongState) => new CommandFailedException(ExitCode.Refused, text, problem.State is { } state ? $"It is {state}." : null),
            _ when problem.Is(ProblemType.NotReady) || problem.Is(ProblemType.SharesUnavailable) => new CommandFailedException(ExitCode.Unreachable, text, "Try again in a minute."),
            _ when problem.Is(ProblemType.TlsRequired) => new CommandFailedException(ExitCode.Refused, text, "Give the server's https address."),
            _ => new CommandFailedException(ExitCode.Refused, text),
        };
    }
}
