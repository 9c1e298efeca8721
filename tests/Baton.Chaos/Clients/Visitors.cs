using System.Security.Cryptography;
using Baton.Chaos.Recording;
using Baton.Protocol.Wire;

namespace Baton.Chaos.Clients;

/// <summary>Sessions made on one node, used on all, ended, and used again; and a witness who remembers every checkpoint that is shown.</summary>
internal sealed class Visitors(Wire wire, SignIn signIn)
{
    public async Task ComeAndGo(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var (heard, cookie) = await wire.SignIn("/api/sessions", signIn);
            if (heard.Outcome == Outcome.Done && cookie.Length > 0)
            {
                // In the history a session goes by a hash: whoever reads it can't use it.
                var session = Wire.Hash(System.Text.Encoding.ASCII.GetBytes(cookie));
                await Task.WhenAll(Use(session, cookie), Use(session, cookie));
                await wire.Call("sign-out", session, HttpMethod.Delete, "/api/session", cookie: cookie);
                await Task.WhenAll(Use(session, cookie), Use(session, cookie), Use(session, cookie));
            }

            await Task.Delay(50 + RandomNumberGenerator.GetInt32(100), CancellationToken.None);
        }
    }

    public async Task Watch(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await wire.Call("head", "", HttpMethod.Get, "/api/ledger/head", adds: (operation, heard) =>
                operation.Outcome == Outcome.Done ? operation with { Texts = [.. heard.Read<LedgerHead>().Logs.Select(log => log.Note)] } : operation);
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private Task<Heard> Use(string session, string cookie) => wire.Call("use", session, HttpMethod.Get, "/api/session", cookie: cookie);
}
