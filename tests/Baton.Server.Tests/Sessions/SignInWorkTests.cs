using Baton.Protocol.Wire;
using Baton.Server.Tests.Host;

namespace Baton.Server.Tests.Sessions;

[Collection(Alone.Name)]
public sealed class SignInWorkTests
{
    [Fact]
    public async Task Work_does_not_tell_whether_an_account_exists()
    {
        await using var server = await BatonServer.Start(
            "--sign-in-failures-per-hour", "0", "--sign-in-failures-per-hour-address", "0", "--metrics-listen", "http://127.0.0.1:0");
        using var owner = await server.Register();
        using var client = server.Client();
        using var seen = new WorkSeen();

        var known = await seen.Of(Try(owner.Email));
        var unknown = await seen.Of(Try("jan@studio.example"));

        Assert.Equal(known, unknown);
        Assert.Contains("FROM members", known, StringComparison.Ordinal);
        Assert.Contains("key compared", known, StringComparison.Ordinal);

        Task<HttpResponseMessage> Try(string email) => client.Post("/api/sessions", new SignIn(email, new byte[32]));
    }
}
