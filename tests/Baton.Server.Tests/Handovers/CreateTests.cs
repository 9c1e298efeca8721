using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Handovers;

/// <summary>Create: the same request again, anything else on a known locator, and what is refused.</summary>
public sealed class CreateTests : HandoverTests
{
    [Fact]
    public async Task The_same_bytes_again_get_the_same_answer_whatever_happened_since()
    {
        var handover = TestHandover.New(Sender.Group);
        var first = await Created(handover);
        Assert.Equal(first, await Created(handover));
        Server.Clock.Step(TimeSpan.FromMinutes(1));
        await Open(Page, handover);
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));

        Assert.Equal(first, await Created(handover));
        Assert.Equal(["created", "claimed", "displayed"], await Sender.Story(handover));
        Assert.Null(Stored.Share(Server, handover));
    }

    [Fact]
    public async Task The_same_request_twenty_times_at_once_makes_one_handover()
    {
        var handover = TestHandover.New(Sender.Group);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Created(handover)));

        Assert.Single(answers.Select(Encoding.UTF8.GetString).Distinct(StringComparer.Ordinal));
        Assert.Equal(["created"], await Sender.Story(handover));
    }

    [Fact]
    public async Task Anything_else_on_a_known_locator_or_id_is_a_conflict()
    {
        var known = await Sender.Waiting();
        var fresh = TestHandover.New(Sender.Group).Request;
        using var colleague = await Sender.In(Server);

        foreach (var request in new[]
        {
            known.Request with { LifeSeconds = 3601 },
            known.Request with { Sealed = RandomNumberGenerator.GetBytes(1040) },
            fresh with { LocatorHash = known.Request.LocatorHash },
            fresh with { Handover = known.Request.Handover },
        })
        {
            using var answer = await Sender.Post("/api/handovers", request);
            Assert.Equal("conflict", await answer.Problem());
        }

        using var other = await colleague.Post("/api/handovers", known.Request with { Group = colleague.Group });
        Assert.Equal("conflict", await other.Problem());
        Assert.Equal(known.Request.Share, Stored.Share(Server, known));
        await Open(Page, known);
    }

    [Fact]
    public async Task A_group_without_the_right_to_share_is_forbidden()
    {
        using var answer = await Sender.Post("/api/handovers", TestHandover.New(BatonServer.NewId()).Request);

        Assert.Equal("forbidden", await answer.Problem());
    }

    [Fact]
    public async Task Without_a_session_nothing_is_made()
    {
        using var client = Server.Client();

        using var answer = await client.Post("/api/handovers", TestHandover.New(Sender.Group).Request);

        Assert.Equal("sign-in-required", await answer.Problem());
    }

    [Fact]
    public async Task Every_member_of_the_request_is_checked()
    {
        var good = TestHandover.New(Sender.Group).Request;
        var wrong = new Dictionary<string, CreateHandover>(StringComparer.Ordinal)
        {
            ["groupVersion"] = good with { GroupVersion = 0 },
            ["locatorHash"] = good with { LocatorHash = new byte[31] },
            ["share"] = good with { Share = new byte[33] },
            ["claimTag"] = good with { ClaimTag = [] },
            ["displayedTag"] = good with { DisplayedTag = new byte[16] },
            ["flags"] = good with { Flags = 5 },
            ["lifeSeconds"] = good with { LifeSeconds = 1 },
            ["channel"] = good with { Channel = "none" },
            ["language"] = good with { Language = "<script>" },
            ["sealed"] = good with { Sealed = new byte[1041] },
            ["details"] = good with { Details = new byte[47] },
            ["personal"] = good with { Personal = new byte[4097] },
            ["commitments.recipient"] = good with { Commitments = good.Commitments with { Recipient = [1] } },
            ["commitments.items"] = good with { Commitments = good.Commitments with { Items = [] } },
            ["signature"] = good with { Signature = new byte[63] },
            ["files"] = good with { Flags = 3 },
        };
        foreach (var (member, request) in wrong)
        {
            using var answer = await Sender.Post("/api/handovers", request);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal([member], (await answer.Read<Problem>()).Errors!.Keys);
        }

        await Expect(HttpStatusCode.BadRequest, Sender.Post("/api/handovers", good with { Flags = 0 }));
        await Expect(HttpStatusCode.BadRequest, Sender.Post("/api/handovers", good with { Channel = "pigeon" }));
        await Expect(HttpStatusCode.BadRequest, Sender.Post("/api/handovers", good with { Commitments = good.Commitments with { Items = [.. Enumerable.Repeat(new byte[32], 501)] } }));
        await Expect(HttpStatusCode.Created, Sender.Post("/api/handovers", good));
    }

    [Fact]
    public async Task Sealed_content_is_at_most_a_mebibyte()
    {
        // Padmé sizes around the limit: the largest that fits, and the next.
        await Expect(HttpStatusCode.Created, Sender.Post("/api/handovers", TestHandover.New(Sender.Group, sealedSize: 1_015_808 + 16).Request));
        using var answer = await Sender.Post("/api/handovers", TestHandover.New(Sender.Group, sealedSize: 1_048_576 + 16).Request);

        Assert.Equal("too-large", await answer.Problem());
    }

    [Fact]
    public async Task What_is_not_this_call_s_JSON_is_refused_whole()
    {
        var body = JsonSerializer.Serialize(TestHandover.New(Sender.Group).Request, WireJson.Shared);
        foreach (var wrong in new[]
        {
            "", "null", "[]", "{}", "{", body[..^1], body + "{}", body + "x", body.Insert(1, "\"unknown\":1,"), body.Insert(1, "\"language\":\"pl\","),
            body.Replace("\"flags\":1", "\"flags\":256", StringComparison.Ordinal), body.Replace("\"flags\":1", "\"flags\":\"1\"", StringComparison.Ordinal),
            body.Replace("\"share\":\"", "\"share\":\"=", StringComparison.Ordinal), body.Replace("\"language\":\"pl\"", "\"language\":null", StringComparison.Ordinal),
            body.Replace("\"commitments\":{", "\"commitments\":{\"more\":[[[[[[[[[[]]]]]]]]]],", StringComparison.Ordinal),
            body.Replace("\"language\":\"pl\"", "\"Language\":\"pl\"", StringComparison.Ordinal),
        })
        {
            using var answer = await Sender.Client.PostText("/api/handovers", wrong);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, wrong);
            Assert.Equal("invalid-request", await answer.Problem());
        }

        await Expect(HttpStatusCode.BadRequest, PostBytes([.. Encoding.UTF8.GetBytes(body.Replace("\"pl\"", "\"p", StringComparison.Ordinal)), 0xff, 0xfe]));
        await Expect(HttpStatusCode.BadRequest, PostBytes(Encoding.Unicode.GetBytes(body)));
        await Expect(HttpStatusCode.RequestEntityTooLarge, PostBytes(new byte[(2 * 1024 * 1024) + 1]));
        await Expect(HttpStatusCode.UnsupportedMediaType, PostBytes(Encoding.UTF8.GetBytes(body), "text/plain"));
        await Expect(HttpStatusCode.Created, PostBytes(Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public async Task What_the_recipient_s_calls_do_not_take_is_refused_whole()
    {
        using var client = Server.Client();
        foreach (var (call, body) in new[]
        {
            ("lookup", "{}"), ("lookup", "{\"locator\":null}"), ("lookup", "{\"locator\":\"AA\"}"), ("lookup", "{\"locator\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"x\":1}"),
            ("lookup", "{\"locator\":\"AAAAAAAAAAAAAAAAAAAAAB\"}"), ("lookup", "{\"locator\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}"), ("lookup", "{\"locator\":[1,2]}"),
            ("claim", "{\"locator\":\"AAAAAAAAAAAAAAAAAAAAAA\"}"), ("displayed", "{\"locator\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"displayedProof\":\"AA\"}"),
            ("file", "{\"locator\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"file\":0.5}"), ("receipt", "{\"locator\":\"AAAAAAAAAAAAAAAAAAAAAA\"}"),
        })
        {
            using var answer = await client.PostText("/api/link/" + call, body);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{call} {body}");
            Assert.Equal("invalid-request", await answer.Problem());
        }

        var offCurve = Page.Key;
        offCurve[^1] ^= 1;
        await Expect(HttpStatusCode.BadRequest, Page.Post("claim", Page.ClaimOf(TestHandover.New(Sender.Group)) with { ReaderKey = offCurve }));
        await Expect(HttpStatusCode.BadRequest, Page.Post("claim", Page.ClaimOf(TestHandover.New(Sender.Group)) with { ReaderKey = new byte[91] }));
        await Expect(HttpStatusCode.BadRequest, Page.Post("claim", Page.ClaimOf(TestHandover.New(Sender.Group)) with { ClaimKey = new byte[31] }));
    }

    private async Task<byte[]> Created(TestHandover handover)
    {
        using var answer = await Sender.Post("/api/handovers", handover.Request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Cancel);
    }

    private Task<HttpResponseMessage> PostBytes(byte[] body, string type = "application/json")
    {
        // Asked before it is sent, so that a refusal is heard before the server closes the connection.
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/handovers") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(type);
        request.Headers.ExpectContinue = true;
        return Sender.Client.SendAsync(request, Cancel);
    }
}
