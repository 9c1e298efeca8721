using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Host;

/// <summary>What every call that takes JSON refuses, generated from the served document, so that a new call is covered without asking.</summary>
public sealed partial class InputTests : IAsyncLifetime
{
    private BatonServer server = null!;
    private Owner owner = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await BatonServer.Start();
        owner = await server.Register();
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task No_call_takes_a_body_that_is_not_exactly_its_own()
    {
        var bodies = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["empty"] = [],
            ["truncated"] = "{"u8.ToArray(),
            ["an array"] = "[]"u8.ToArray(),
            ["null"] = "null"u8.ToArray(),
            ["a number"] = "1"u8.ToArray(),
            ["nothing in it"] = "{}"u8.ToArray(),
            ["unknown members"] = """{"frobnicate":1}"""u8.ToArray(),
            ["deep"] = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000)),
            ["deep arrays"] = Encoding.ASCII.GetBytes(new string('[', 20_000)),
            ["invalid UTF-8"] = [.. "{\""u8, 0xC3, 0x28, .. "\":1}"u8],
            ["a comment"] = "{/* */}"u8.ToArray(),
            ["two values"] = "{}{}"u8.ToArray(),
        };
        foreach (var path in await Calls())
        {
            foreach (var (name, body) in bodies)
            {
                using var answer = await Post(path, body, "application/json");
                Assert.Equal($"{path} with {name}: invalid-request", $"{path} with {name}: {await answer.Problem()}");
            }
        }
    }

    [Fact]
    public async Task No_call_takes_its_own_body_with_one_member_more()
    {
        foreach (var (path, members) in await Shapes())
        {
            var body = $$"""{{{string.Join(',', members.Select(member => $"\"{member}\":null"))}},"frobnicate":1}""";
            using var answer = await Post(path, Encoding.UTF8.GetBytes(body), "application/json");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task No_call_takes_another_content_type()
    {
        foreach (var path in await Calls())
        {
            foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json-ish", null })
            {
                using var answer = await Post(path, "{}"u8.ToArray(), type);
                Assert.Equal($"{path} as {type}: unsupported-media-type", $"{path} as {type}: {await answer.Problem()}");
            }
        }
    }

    [Fact]
    public async Task No_call_reads_more_than_its_limit_whether_the_length_is_told_or_not()
    {
        // White space is JSON as far as it goes: nothing but the limit ends the reading.
        var body = Encoding.ASCII.GetBytes(new string(' ', 5 << 20) + "{}");
        foreach (var path in await Calls())
        {
            foreach (var chunked in new[] { false, true })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Headers.TransferEncodingChunked = chunked;
                try
                {
                    using var answer = await owner.Client.SendAsync(request, Cancel);
                    Assert.Equal($"{path} too-large", $"{path} {await answer.Problem()}");
                    Assert.InRange((await answer.Read<Problem>()).Limit!.Value, 1, 5 << 20);
                }
                catch (HttpRequestException cut) when (cut.InnerException is IOException)
                {
                    // The server answered and closed while the body was still on its way.
                }
            }
        }
    }

    [Fact]
    public async Task A_fault_names_the_member_and_not_the_value()
    {
        foreach (var (body, member, wrong) in new[]
        {
            ("""{"email":"a@b","authKey":"AA","secret":"hunter2"}""", "secret", "is not known here"),
            ("""{"email":"a@b"}""", "body", "a member is missing: 'authKey'"),
            ("""{"email":7,"authKey":"AA"}""", "email", "has the wrong type or is out of range"),
            ("""{"email":"a@b","authKey":"hunter2!"}""", "authKey", "Not base64url."),
            ("""{"email":"a@b","authKey":null}""", "authKey", "can't be null"),
            ("""{"email":"a@b","email":"a@b","authKey":"AA"}""", "email", "stands there twice"),
        })
        {
            using var answer = await Post("/api/sessions", Encoding.UTF8.GetBytes(body), "application/json");
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
            Assert.Equal(wrong, (await answer.Read<Problem>()).Errors![member]);
        }
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData("none", null)]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    public async Task A_request_from_another_site_changes_nothing(string? site, string? origin)
    {
        foreach (var (method, path) in new[] { ("DELETE", "/api/sessions"), ("POST", "/api/sessions"), ("POST", "/api/setup"), ("POST", "/api/recovery"), ("POST", "/api/handovers") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
            request.Headers.TryAddWithoutValidation("Origin", origin);
            using var answer = await owner.Client.SendAsync(request, Cancel);
            Assert.Equal($"{path} cross-site", $"{path} {await answer.Problem()}");
        }

        using var still = await owner.Client.GetAsync("/api/session", Cancel);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task The_same_origin_may()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/session");
        request.Headers.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        using var answer = await owner.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> Post(string path, byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        return await owner.Client.PostAsync(path, content, Cancel);
    }

    private async Task<List<string>> Calls() => [.. (await Shapes()).Select(shape => shape.Path)];

    /// <summary>Each POST with a JSON body, and its body's members.</summary>
    private async Task<List<(string Path, string[] Members)>> Shapes()
    {
        using var document = JsonDocument.Parse(await owner.Client.GetStringAsync("/openapi.json", Cancel));
        var shapes = new List<(string, string[])>();
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            if (path.Value.TryGetProperty("post", out var post)
                && post.TryGetProperty("requestBody", out var body)
                && body.GetProperty("content").TryGetProperty("application/json", out var json))
            {
                var name = json.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1];
                var schema = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty(name);
                var members = schema.GetProperty("properties").EnumerateObject().Select(member => member.Name).ToArray();
                shapes.Add((Regex.Replace(path.Name, @"\{\w+\}", _ => BatonServer.NewId().ToString()), members));
            }
        }

        Assert.True(shapes.Count >= 12, "The document lists the calls.");
        return shapes;
    }
}
