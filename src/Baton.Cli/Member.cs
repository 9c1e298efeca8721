using Baton.Client.Api;
using Baton.Client.Keys;
using Baton.Client.Sealing;
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
        var seen = new Dictionary<string, int>(file.Seen, StringComparer.Ordinal);
        foreach (var group in member.Groups.GroupBy(group => group.Group.Group))
        {
            var newest = group.Max(key => key.Group.Version);
            if (newest < seen.GetValueOrDefault(group.Key.ToString()))
            {
                member.Dispose();
                throw new CommandFailedException(ExitCode.Untrusted, "The server offers an older key of a group than you have used before.", "Ask your organization's owner before going on.");
            }

            seen[group.Key.ToString()] = newest;
        }

        file = file with { Cookies = Api.Cookies.Values, Seen = seen };
        file.Save();
        return member;
    }

    /// <summary>Opens the keys of a session; says which of the two ways it failed.</summary>
    public static UnlockedMember Unlock(Session session, string password)
    {
        if (!MasterPassword.TryStretch(password, session.Parameters, out var stretched))
        {
            throw new CommandFailedException(ExitCode.Untrusted, "The server names parameters for the master password that no client accepts.");
        }

        using (stretched)
        {
            if (!MemberKeys.TryOpen(stretched.WrapKey, session.Member.Id, session.KeyBlob, out var keys))
            {
                throw new CommandFailedException(ExitCode.SignIn, "The master password is wrong.");
            }

            keys.Dispose();
            return UnlockedMember.TryUnlock(session, stretched.WrapKey, out var member)
                ? member
                : throw new CommandFailedException(
                    ExitCode.Untrusted, "The server's cards do not lead from your organization's root card to your own keys.", "Somebody may have swapped keys: ask your organization's owner before going on.");
        }
    }

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
