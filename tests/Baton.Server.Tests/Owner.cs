using System.Net.Http.Json;
using System.Security.Cryptography;
using Baton.Client.Keys;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests;

/// <summary>An owner with real keys, whose authKey is random instead of stretched: the server can't tell, and tests don't wait for Argon2.</summary>
internal sealed class Owner : IDisposable
{
    private readonly MemberKeys keys;
    private readonly byte[] wrapKey = RandomNumberGenerator.GetBytes(32);

    private Owner(HttpClient client, string email, KdfParameters parameters)
    {
        Client = client;
        Email = email;
        Parameters = parameters;
        keys = MemberKeys.MakeRoot(keys => Card.Root(Organization, Member, keys.EcdhPublic, keys.EcdsaPublic));
        Card = Card.Root(Organization, Member, keys.EcdhPublic, keys.EcdsaPublic);
    }

    /// <summary>Signed in once <see cref="Keep"/> was called.</summary>
    public HttpClient Client { get; }

    public string Email { get; }

    public KdfParameters Parameters { get; }

    public Id Organization { get; } = BatonServer.NewId();

    public Id Member { get; } = BatonServer.NewId();

    /// <summary>The personal group, version 1.</summary>
    public Id Group { get; } = BatonServer.NewId();

    public byte[] GroupKey { get; } = RandomNumberGenerator.GetBytes(32);

    public byte[] AuthKey { get; set; } = RandomNumberGenerator.GetBytes(32);

    public byte[] RecoveryAuth { get; set; } = RandomNumberGenerator.GetBytes(32);

    public Card Card { get; }

    public ECDsa SigningKey => keys.Ecdsa;

    public byte[] KeyBlob => keys.Close(wrapKey, Member);

    public SignIn SignIn => new(Email, AuthKey);

    public static async Task<Owner> Make(HttpClient client, string email)
    {
        using var answer = await client.PostAsJsonAsync("/api/sign-in/parameters", new SignInParameters(email), WireJson.Shared);
        answer.EnsureSuccessStatusCode();
        return new Owner(client, email, (await answer.Content.ReadFromJsonAsync<KdfParameters>(WireJson.Shared))!);
    }

    public Registration Registration(string code)
    {
        var group = new GroupVersion(Organization, Group, 1);
        var grant = Grant.Make(keys.Ecdsa, group, Right.Manage, Card, GroupKey, personal: true);
        return new Registration(
            code, new OrganizationName(Organization, "Studio Północ"), new MemberName(Member, "Ewa", Email), Parameters,
            AuthKey, RecoveryAuth, KeyBlob, KeyBlob, Card.ToBytes(), Card.SignedBy(keys.Ecdsa),
            new PersonalGroup(Group, grant.Enc, grant.Ciphertext, grant.Signature));
    }

    /// <summary>Takes over the cookies that an answer sets, as a browser would.</summary>
    public void Keep(HttpResponseMessage answer)
    {
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Client.DefaultRequestHeaders.TryGetValues("Cookie", out var kept))
        {
            foreach (var cookie in kept.SelectMany(header => header.Split("; ")))
            {
                cookies[cookie[..cookie.IndexOf('=', StringComparison.Ordinal)]] = cookie;
            }
        }

        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            cookies[cookie[..cookie.IndexOf('=', StringComparison.Ordinal)]] = cookie[..cookie.IndexOf(';', StringComparison.Ordinal)];
        }

        Client.DefaultRequestHeaders.Remove("Cookie");
        Client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Values));
    }

    public void Dispose()
    {
        keys.Dispose();
        Client.Dispose();
    }
}
