using System.Net;
using Baton.Protocol.Ledger;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Tests.Handovers;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Log;

public sealed class PublishedLogTests : HandoverTests
{
    protected override string[] Settings => ["--publish-ledger", "on"];

    [Fact]
    public async Task Anybody_can_make_the_root_of_the_published_checkpoint_out_of_the_published_tiles()
    {
        await Grow(700);
        using var client = Server.Client();
        using var head = await client.GetAsync("/ledger/checkpoint", Cancel);
        Assert.Equal("text/plain; charset=utf-8", head.Content.Headers.ContentType!.ToString());
        var key = Server.Services.GetRequiredService<Security.LedgerKey>().VerifyingKey;
        Assert.True(VerifyingKey.TryParse(key, out var verifying));
        Assert.True(Checkpoint.TryOpen(await head.Content.ReadAsStringAsync(Cancel), verifying, out var checkpoint));
        Assert.InRange(checkpoint.Size, 701, 767);

        byte[][] tiles =
        [
            await Tile(client, "0/000"), await Tile(client, "0/001"), await Tile(client, $"0/002.p/{checkpoint.Size - 512}"), await Tile(client, "1/000.p/2"),
        ];
        var leaves = tiles[..3].SelectMany(tile => tile.Chunk(32)).ToArray();
        byte[] Subtree(int level, long index) => level == 0
            ? leaves[index]
            : MerkleTree.Node(Subtree(level - 1, index * 2), Subtree(level - 1, (index * 2) + 1));

        Assert.Equal(checkpoint.Root, MerkleTree.Root(checkpoint.Size, Subtree));
        Assert.Equal([Subtree(8, 0), Subtree(8, 1)], tiles[3].Chunk(32));
    }

    [Theory]
    [InlineData("0/002")]
    [InlineData("0/003")]
    [InlineData("0/003.p/1")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/01")]
    [InlineData("00/000")]
    [InlineData("0/0")]
    [InlineData("0/x000/000")]
    [InlineData("-1/000")]
    [InlineData("2/000.p/1")]
    [InlineData("63/000")]
    [InlineData("entries/000")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/999")]
    public async Task What_no_checkpoint_covers_and_what_is_written_otherwise_is_not_found(string tile)
    {
        await Grow(600);
        using var client = Server.Client();

        await Expect(HttpStatusCode.NotFound, client.GetAsync("/ledger/tile/" + tile, Cancel));
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_published()
    {
        await using var server = await BatonServer.Start("--publish-ledger", "off");
        using var client = server.Client();

        await Expect(HttpStatusCode.NotFound, client.GetAsync("/ledger/checkpoint", Cancel));
        await Expect(HttpStatusCode.NotFound, client.GetAsync("/ledger/tile/0/000.p/1", Cancel));
    }

    private static async Task<byte[]> Tile(HttpClient client, string path)
    {
        using var answer = await client.GetAsync("/ledger/tile/" + path, Cancel);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        return await Bytes(answer);
    }

    private async Task Grow(int entries)
    {
        var ledger = Server.Services.GetRequiredService<Ledger>();
        await Task.WhenAll(Enumerable.Range(0, entries).Select(_ => ledger.Write(transaction =>
            transaction.Record(0, LedgerEntry.Of("organization-created", Sender.Member.Organization, 1, Actor.Server)))));
        await Expect(HttpStatusCode.OK, Sender.Post("/api/evidence", new EvidenceRequest([(await Sender.Waiting()).Id])));
    }
}
