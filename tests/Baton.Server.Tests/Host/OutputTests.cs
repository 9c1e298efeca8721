using System.Net;

namespace Baton.Server.Tests.Host;

/// <summary>Headers and static files, with pages of the test's own in place of the built ones.</summary>
public sealed class OutputTests : IAsyncLifetime
{
    private const string PagePolicy = "default-src 'none'; script-src 'sha256-AAAA'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types baton";

    private readonly string pages = BatonServer.NewDirectory();
    private BatonServer server = null!;
    private HttpClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Write("pages.json", $$$"""{"/h":{"file":"handover.html","csp":"{{{PagePolicy}}}"},"/verify":{"file":"verify.html","csp":"{{{PagePolicy}}}"},"/":{"file":"index.html","csp":"{{{PagePolicy}}}"}}""");
        Write("handover.html", "handover plain");
        Write("handover.html.br", "handover brotli");
        Write("handover.html.gz", "handover gzip");
        Write("verify.html", "verify");
        Write("index.html", "app");
        Write("assets/app-0a1b.js", "script plain");
        Write("assets/app-0a1b.js.br", "script brotli");
        server = await BatonServer.Start("--pages", pages);
        client = server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        Directory.Delete(pages, recursive: true);
    }

    [Theory]
    [InlineData("/api/instance", 200)]
    [InlineData("/api/session", 401)]
    [InlineData("/api/handovers/x", 401)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/nothing", 404)]
    [InlineData("/openapi.json", 200)]
    public async Task Every_answer_that_is_no_page_can_do_nothing_in_a_browser_and_is_not_kept(string path, int status)
    {
        using var answer = await client.GetAsync(path, Cancel);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox", Header(answer, "Content-Security-Policy"));
        Assert.Equal("no-store", Header(answer, "Cache-Control"));
        Common(answer);
    }

    [Theory]
    [InlineData("/h")]
    [InlineData("/h/")]
    [InlineData("/")]
    [InlineData("/new")]
    [InlineData("/history")]
    [InlineData("/history/AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/setup")]
    [InlineData("/recover")]
    [InlineData("/vault")]
    [InlineData("/vault/new")]
    [InlineData("/vault/AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/vault/AAAAAAAAAAAAAAAAAAAAAA/AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/vault/AAAAAAAAAAAAAAAAAAAAAA/AAAAAAAAAAAAAAAAAAAAAA/edit")]
    [InlineData("/i")]
    [InlineData("/sign-up")]
    [InlineData("/organization")]
    [InlineData("/organization/groups")]
    [InlineData("/organization/policy")]
    [InlineData("/organization/audit")]
    [InlineData("/organization/ledger")]
    [InlineData("/organization/data")]
    [InlineData("/verify")]
    [InlineData("/account")]
    public async Task A_page_has_the_policy_it_was_built_with_and_is_isolated(string path)
    {
        using var answer = await client.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(PagePolicy, Header(answer, "Content-Security-Policy"));
        Assert.Equal("no-cache", Header(answer, "Cache-Control"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("require-corp", Header(answer, "Cross-Origin-Embedder-Policy"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Common(answer);
    }

    [Fact]
    public void The_built_pages_allow_nothing_unsafe_and_nobody_else()
    {
        var built = Path.Combine(Repository.Root, "src", "Baton.Server", "wwwroot", "pages.json");
        Assert.SkipUnless(File.Exists(built), "The pages are not built.");
        using var list = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(built));
        foreach (var page in list.RootElement.EnumerateObject())
        {
            var policy = page.Value.GetProperty("csp").GetString()!;
            Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("br, gzip", "handover brotli", "br")]
    [InlineData("gzip;q=0.5, br;q=1", "handover brotli", "br")]
    [InlineData("gzip", "handover gzip", "gzip")]
    [InlineData("br;q=0, gzip", "handover gzip", "gzip")]
    [InlineData("identity", "handover plain", null)]
    [InlineData(null, "handover plain", null)]
    public async Task A_file_is_served_as_it_was_compressed_and_says_what_that_depends_on(string? accepts, string content, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/h");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        using var answer = await client.SendAsync(request, Cancel);
        Assert.Equal(content, await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", Header(answer, "Vary"));
    }

    [Fact]
    public async Task A_page_is_asked_for_again_and_not_sent_again()
    {
        using var first = await client.GetAsync("/h", Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/h");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(PagePolicy, Header(again, "Content-Security-Policy"));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancel));

        using var compressed = new HttpRequestMessage(HttpMethod.Get, "/h");
        compressed.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        compressed.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
        using var other = await client.SendAsync(compressed, Cancel);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_file_with_its_hash_in_its_name_is_kept_for_ever()
    {
        using var answer = await client.GetAsync("/assets/app-0a1b.js", Cancel);
        Assert.Equal("public, max-age=31536000, immutable", Header(answer, "Cache-Control"));
        Assert.Equal("text/javascript; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Common(answer);
    }

    [Theory]
    [InlineData("/pages.json")]
    [InlineData("/handover.html")]
    [InlineData("/handover.html.br")]
    [InlineData("/assets/../pages.json")]
    [InlineData("/assets/%2e%2e/pages.json")]
    [InlineData("/assets/..%2fpages.json")]
    [InlineData("/h/something")]
    [InlineData("/history/nothing")]
    public async Task Nothing_else_is_served(string path)
    {
        using var answer = await client.GetAsync(path, Cancel);
        Assert.Equal("not-found", await answer.Problem());
    }

    [Theory]
    [InlineData("POST", "/h")]
    [InlineData("PUT", "/h/")]
    [InlineData("DELETE", "/assets/app-0a1b.js")]
    [InlineData("BREW", "/")]
    public async Task Pages_are_for_reading(string method, string path)
    {
        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);
        Assert.Equal("method-not-allowed", await answer.Problem());
        Assert.Equal("GET, HEAD", string.Join(", ", answer.Content.Headers.Allow));
    }

    [Fact]
    public async Task Head_gives_the_headers_alone()
    {
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/h"), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("handover plain".Length, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Without_built_pages_it_says_how_to_build_them()
    {
        await using var bare = await BatonServer.Start("--pages", Path.Combine(pages, "assets"));
        using var reader = bare.Client();
        Assert.Contains("Run `make web`", await reader.GetStringAsync("/h", Cancel), StringComparison.Ordinal);
    }

    private static void Common(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"), "On plain http HSTS means nothing.");
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? values : []);

    private void Write(string name, string content)
    {
        var path = Path.Combine(pages, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
