using System.Net;
using System.Security.Cryptography;
using Baton.Protocol.Wire;
using Baton.Server.Features.Handovers;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Handovers;

/// <summary>Attachments: drafts, chunks in and out.</summary>
public sealed class FileTests : HandoverTests
{
    private const int Chunk = 65_552;

    [Fact]
    public async Task Chunks_sent_in_any_order_and_twice_come_back_as_they_were()
    {
        var content = RandomNumberGenerator.GetBytes((2 * Chunk) + 100);
        var handover = TestHandover.New(Sender.Group, files: [content.Length, 16]);
        var created = await Sender.Create(handover);
        Assert.Equal("draft", created.State);
        Assert.Null(created.ExpiresAt);
        foreach (var chunk in new[] { 2, 0, 0, 1 })
        {
            await Expect(HttpStatusCode.NoContent, Sender.PutChunk(handover, 0, chunk, Part(content, chunk)));
        }

        await Expect(HttpStatusCode.NoContent, Sender.PutChunk(handover, 1, 0, new byte[16]));
        using var committed = await Sender.Post($"/api/handovers/{handover.Id}/commit");
        Assert.Equal("waiting", (await committed.Read<HandoverCreated>()).State);
        using var looked = await Page.Lookup(handover);
        Assert.Equal([content.Length, 16], (await looked.Read<LinkReady>()).Files);

        await Open(Page, handover);

        Assert.Equal(content, await Bytes(await Page.File(handover, 0, 0, 3)));
        Assert.Equal(Part(content, 1), await Bytes(await Page.File(handover, 0, 1, 1)));
        Assert.Equal(new byte[16], await Bytes(await Page.File(handover, 1, 0, 1)));
        using var answer = await Page.File(handover, 0, 0, 1);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData(0, 0, 4)]
    [InlineData(0, 3, 1)]
    [InlineData(0, -1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(0, int.MaxValue, 16)]
    public async Task A_chunk_that_is_not_there_gets_the_uniform_answer(int file, int first, int chunks)
    {
        var handover = await WithFile(new byte[(2 * Chunk) + 100]);
        await Open(Page, handover);

        await Expect(HttpStatusCode.NotFound, Page.File(handover, file, first, chunks));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(17)]
    public async Task One_call_reads_1_to_16_chunks(int chunks)
    {
        var handover = await WithFile(new byte[100]);
        await Open(Page, handover);

        await Expect(HttpStatusCode.BadRequest, Page.File(handover, 0, 0, chunks));
    }

    [Fact]
    public async Task Files_are_for_the_one_reader_in_its_window_until_displayed()
    {
        var handover = await WithFile(new byte[100]);
        using var other = new Reader(Server);
        await Expect(HttpStatusCode.NotFound, Page.File(handover, 0, 0, 1));
        await Open(Page, handover);

        await Expect(HttpStatusCode.NotFound, other.File(handover, 0, 0, 1));
        await Expect(HttpStatusCode.OK, Page.File(handover, 0, 0, 1));
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));
        await Expect(HttpStatusCode.NotFound, Page.File(handover, 0, 0, 1));
    }

    [Fact]
    public async Task A_chunk_of_another_size_content_place_or_member_is_refused()
    {
        var handover = TestHandover.New(Sender.Group, files: [Chunk + 50]);
        await Sender.Create(handover);
        using var stranger = await Sender.In(Server);

        await Expect(HttpStatusCode.BadRequest, Sender.PutChunk(handover, 0, 0, new byte[100]));
        await Expect(HttpStatusCode.BadRequest, Sender.PutChunk(handover, 0, 1, new byte[51]));
        await Expect(HttpStatusCode.NotFound, Sender.PutChunk(handover, 0, 2, new byte[50]));
        await Expect(HttpStatusCode.NotFound, Sender.PutChunk(handover, 1, 0, new byte[50]));
        await Expect(HttpStatusCode.NotFound, stranger.PutChunk(handover, 0, 1, new byte[50]));
        await Expect(HttpStatusCode.RequestEntityTooLarge, Sender.PutChunk(handover, 0, 0, new byte[Chunk + 1]));
        await Expect(HttpStatusCode.NoContent, Sender.PutChunk(handover, 0, 1, new byte[50]));
        var another = new byte[50];
        another[0] = 1;
        await Expect(HttpStatusCode.Conflict, Sender.PutChunk(handover, 0, 1, another));
    }

    [Fact]
    public async Task A_draft_with_a_chunk_missing_cannot_be_committed()
    {
        var handover = TestHandover.New(Sender.Group, files: [Chunk + 50]);
        await Sender.Create(handover);
        await Expect(HttpStatusCode.NoContent, Sender.PutChunk(handover, 0, 1, new byte[50]));

        using var early = await Sender.Post($"/api/handovers/{handover.Id}/commit");
        var problem = await early.Read<Problem>();
        Assert.Equal("urn:baton:problem:wrong-state", problem.Type);
        Assert.Equal("draft", problem.State);

        await Expect(HttpStatusCode.NoContent, Sender.PutChunk(handover, 0, 0, new byte[Chunk]));
        await Expect(HttpStatusCode.OK, Sender.Post($"/api/handovers/{handover.Id}/commit"));
        await Expect(HttpStatusCode.NotFound, Sender.PutChunk(handover, 0, 0, new byte[Chunk]));
    }

    [Fact]
    public async Task Committing_again_and_creating_again_give_the_same_answer()
    {
        var handover = TestHandover.New(Sender.Group, files: [16 + 10]);
        var draft = await Bytes(await Sender.Post("/api/handovers", handover.Request), HttpStatusCode.Created);
        Assert.Equal(draft, await Bytes(await Sender.Post("/api/handovers", handover.Request), HttpStatusCode.Created));
        await Sender.PutChunk(handover, 0, 0, new byte[26]);

        var first = await Bytes(await Sender.Post($"/api/handovers/{handover.Id}/commit"));

        Assert.Equal(first, await Bytes(await Sender.Post($"/api/handovers/{handover.Id}/commit")));
        Assert.Equal(first, await Bytes(await Sender.Post("/api/handovers", handover.Request), HttpStatusCode.Created));
        Assert.Equal(["created"], await Sender.Story(handover));
    }

    [Fact]
    public async Task A_draft_dies_after_an_hour_and_its_locator_never_lives_again()
    {
        var handover = TestHandover.New(Sender.Group, files: [16 + 10]);
        await Sender.Create(handover);
        await Sender.PutChunk(handover, 0, 0, new byte[26]);

        Server.Clock.Advance(TimeSpan.FromMinutes(61));
        await Eventually.Holds(() => Stored.Count(Server, "drafts") == 0 && Stored.Count(Server, "chunks") == 0 && Stored.Count(Server, "files") == 0);

        await Expect(HttpStatusCode.NotFound, Sender.Post($"/api/handovers/{handover.Id}/commit"));
        await Expect(HttpStatusCode.Conflict, Sender.Post("/api/handovers", handover.Request));
        Assert.Null(Stored.Share(Server, handover));
    }

    /// <summary>A commit reads the clock when it arrives and is written a moment later; the sweep may look in between.</summary>
    [Fact]
    public async Task A_draft_that_has_just_died_keeps_its_bytes_for_a_commit_that_is_under_way()
    {
        var handover = TestHandover.New(Sender.Group, files: [16 + 10]);
        await Sender.Create(handover);
        await Sender.PutChunk(handover, 0, 0, new byte[26]);
        var sweep = Server.Services.GetRequiredService<SweepStore>();
        var dead = Server.Clock.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();

        await sweep.EndDrafts(dead);

        Assert.NotNull(Stored.Share(Server, handover));
        await Expect(HttpStatusCode.OK, Sender.Post($"/api/handovers/{handover.Id}/commit"));
        Assert.Equal("waiting", await Sender.State(handover));
    }

    [Theory]
    [InlineData(33_554_432, HttpStatusCode.Created)]
    [InlineData(33_554_433, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(9_000_000_000_000_000_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Files_of_a_handover_have_32_MiB_together(long plaintext, HttpStatusCode status)
    {
        var size = plaintext > 1L << 40 ? plaintext : plaintext + ((plaintext + 65_535) / 65_536 * 16);

        await Expect(status, Sender.Post("/api/handovers", TestHandover.New(Sender.Group, files: [size]).Request));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(15)]
    [InlineData(Chunk + 16)]
    public async Task A_size_that_no_encrypted_file_has_is_refused(long size) =>
        await Expect(HttpStatusCode.BadRequest, Sender.Post("/api/handovers", TestHandover.New(Sender.Group, files: [size]).Request));

    private static byte[] Part(byte[] content, int chunk) => content[(chunk * Chunk)..Math.Min(content.Length, (chunk + 1) * Chunk)];

    private static async Task<byte[]> Bytes(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Cancel);
    }

    private async Task<TestHandover> WithFile(byte[] content)
    {
        var handover = TestHandover.New(Sender.Group, files: [content.Length]);
        await Sender.Create(handover);
        for (var chunk = 0; chunk * Chunk < content.Length; chunk++)
        {
            await Expect(HttpStatusCode.NoContent, Sender.PutChunk(handover, 0, chunk, Part(content, chunk)));
        }

        await Expect(HttpStatusCode.OK, Sender.Post($"/api/handovers/{handover.Id}/commit"));
        return handover;
    }
}
