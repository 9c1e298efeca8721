using System.Net;

namespace Baton.Server.Tests.Host;

/// <summary>Where it listens and what plain http gets.</summary>
public sealed class TransportTests
{
    private static readonly string[] BehindProxy = ["--public-url", "https://baton.example", "--trusted-proxy", "127.0.0.1"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("baton.localhost")]
    public async Task This_machine_is_served_on_plain_http(string host)
    {
        await using var server = await BatonServer.Start();
        using var answer = await Get(server, "/api/instance", ("Host", host));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("baton.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    public async Task Another_host_on_plain_http_gets_a_page_without_script_and_programs_a_problem(string host)
    {
        await using var server = await BatonServer.Start();
        using var page = await Get(server, "/h", ("Host", host));
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("your link still works once it is opened over https", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        using var api = await Get(server, "/api/instance", ("Host", host));
        Assert.Equal("tls-required", await api.Problem());
    }

    [Fact]
    public async Task Where_the_public_address_is_known_a_page_is_redirected_there_and_the_api_is_not()
    {
        await using var server = await BatonServer.Start(BehindProxy);
        foreach (var (host, forwarded) in new[] { ("10.0.0.5:8080", null), ("baton.example", "http") })
        {
            using var page = await Get(server, "/h?x=1", ("Host", host), ("X-Forwarded-Proto", forwarded));
            Assert.Equal(HttpStatusCode.PermanentRedirect, page.StatusCode);
            Assert.Equal("https://baton.example/h?x=1", page.Headers.Location!.ToString());
            using var api = await Get(server, "/api/instance", ("Host", host), ("X-Forwarded-Proto", forwarded));
            Assert.Equal("tls-required", await api.Problem());
        }
    }

    [Fact]
    public async Task A_proxy_that_forgets_to_say_https_is_told_instead_of_sent_in_circles()
    {
        await using var server = await BatonServer.Start(BehindProxy);
        using var page = await Get(server, "/h", ("Host", "baton.example"));
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
    }

    [Fact]
    public async Task A_trusted_proxys_word_counts_and_makes_it_https()
    {
        await using var server = await BatonServer.Start(BehindProxy);
        using var answer = await Get(server, "/api/instance", ("Host", "baton.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "198.51.100.7"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("https://baton.example", (await answer.Read<Protocol.Wire.Instance>()).Origin);
        Assert.Equal("max-age=63072000", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task Nobody_elses_word_counts()
    {
        await using var none = await BatonServer.Start();
        using var unasked = await Get(none, "/api/instance", ("Host", "baton.example"), ("X-Forwarded-Proto", "https"));
        Assert.Equal("tls-required", await unasked.Problem());

        await using var other = await BatonServer.Start("--public-url", "https://baton.example", "--trusted-proxy", "192.0.2.1");
        using var untrusted = await Get(other, "/api/instance", ("Host", "baton.example"), ("X-Forwarded-Proto", "https"));
        Assert.Equal("tls-required", await untrusted.Problem());
    }

    [Fact]
    public async Task Health_answers_whatever_the_host_is_called()
    {
        await using var server = await BatonServer.Start();
        using var answer = await Get(server, "/healthz/ready", ("Host", "10.0.0.5"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Self_signed_serves_https_with_a_certificate_that_stays_and_a_cookie_of_this_host_alone()
    {
        await using var server = await BatonServer.Start("--tls", "self-signed");
        Assert.Equal("https", server.Address.Scheme);
        var certificates = new List<string>();
        using var handler = new HttpClientHandler { UseCookies = false };
        handler.ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
        {
            certificates.Add(certificate!.GetCertHashString());
            return certificate.MatchesHostname("localhost", allowWildcards: false, allowCommonName: false);
        };
        using var client = new HttpClient(handler) { BaseAddress = server.Address };
        using var owner = await Owner.Make(client, "ewa@studio.example");
        using var answer = await client.Post("/api/setup", owner.Registration(server.SetupCode));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("__Host-baton=", StringComparison.Ordinal));
        Assert.EndsWith("; path=/; secure; samesite=strict; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
        Assert.Equal("max-age=63072000", answer.Headers.GetValues("Strict-Transport-Security").Single());

        client.DefaultRequestHeaders.Add("Cookie", cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]);
        using var session = await client.GetAsync("/api/session", Cancel);
        Assert.Equal(HttpStatusCode.OK, session.StatusCode);
        Assert.Single(certificates.Distinct());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.Data, "self-signed.pem")));
    }

    [Fact]
    public async Task A_certificate_is_used_and_its_renewal_is_taken_over_without_a_restart()
    {
        // Another installation's self-signed certificate is as good as any.
        await using var maker = await BatonServer.Start("--tls", "self-signed");
        await using var renewer = await BatonServer.Start("--tls", "self-signed");
        var path = Path.Combine(maker.Data, "given.pem");
        File.Copy(Path.Combine(maker.Data, "self-signed.pem"), path);
        await using var server = await BatonServer.Start("--certificate", path, "--certificate-key", path);
        var first = await Seen(server.Address);
        Assert.Equal(first, await Seen(maker.Address));

        File.Copy(Path.Combine(renewer.Data, "self-signed.pem"), path, overwrite: true);
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(2));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(await Seen(renewer.Address), await Seen(server.Address));
    }

    private static async Task<string> Seen(Uri address)
    {
        var hash = "";
        using var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (_, certificate, _, _) => (hash = certificate!.GetCertHashString()).Length > 0;
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(address, "/healthz/live"), Cancel);
        return hash;
    }

    private static async Task<HttpResponseMessage> Get(BatonServer server, string path, params (string Name, string? Value)[] headers)
    {
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, Cancel);
    }
}
