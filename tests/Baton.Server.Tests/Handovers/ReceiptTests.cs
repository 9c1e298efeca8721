using System.Net;
using System.Text.Json;
using Baton.Protocol.Wire;

namespace Baton.Server.Tests.Handovers;

public sealed class ReceiptTests : HandoverTests
{
    [Fact]
    public async Task A_receipt_with_a_bad_signature_gets_the_uniform_answer()
    {
        var (handover, opened) = await Displayed();
        var receipt = Page.Sign(handover, opened, handover.Statement());
        using var other = new Reader(Server);

        await Expect(HttpStatusCode.NotFound, Page.Receipt(receipt with { Signature = new byte[64] }));
        await Expect(HttpStatusCode.NotFound, Page.Receipt(receipt with { Statement = handover.Statement(status: "problem") }));
        await Expect(HttpStatusCode.NotFound, Page.Receipt(receipt with { Reply = new byte[120] }));
        await Expect(HttpStatusCode.NotFound, other.Receipt(other.Sign(handover, opened, handover.Statement())));
        Assert.Equal("displayed", await Sender.State(handover));
        await Expect(HttpStatusCode.OK, Page.Receipt(receipt));
    }

    [Fact]
    public async Task A_receipt_before_displayed_is_refused()
    {
        var handover = await Sender.Waiting();
        var opened = await Open(Page, handover);

        await Expect(HttpStatusCode.NotFound, Page.Receipt(Page.Sign(handover, opened, handover.Statement())));

        Assert.Equal("claimed", await Sender.State(handover));
    }

    [Fact]
    public async Task The_statement_names_every_created_item_once_and_in_order()
    {
        var (handover, opened) = await Displayed();
        using var json = JsonDocument.Parse(handover.Statement());
        var items = json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()).ToList();
        foreach (var wrong in new[] { $"{items[1]},{items[0]}", items[0], $"{items[0]},{items[0]}", $"{items[0]},{items[1]},{items[1]}", "" })
        {
            using var answer = await Page.Receipt(Page.Sign(handover, opened, $$"""{"seq":1,"items":[{{wrong}}]}"""));
            Assert.Equal("invalid-request", await answer.Problem());
        }
    }

    [Theory]
    [InlineData("{\"seq\": 1,\"items\":[]}")]
    [InlineData("{\"items\":[],\"seq\":1}")]
    [InlineData("{\"seq\":0,\"items\":[]}")]
    [InlineData("{\"seq\":1,\"items\":[],\"more\":1}")]
    [InlineData("{\"seq\":1,\"seq\":1,\"items\":[]}")]
    [InlineData("{\"seq\":1e0,\"items\":[]}")]
    [InlineData("{\"seq\":1,\"items\":[{\"commitment\":\"AA\",\"status\":\"works\"}]}")]
    [InlineData("{\"seq\":1,\"items\":{}}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_statement_is_written_in_one_way_only(string statement)
    {
        var (handover, opened) = await Displayed();

        using var answer = await Page.Receipt(Page.Sign(handover, opened, statement));

        Assert.Equal("invalid-request", await answer.Problem());
    }

    [Fact]
    public async Task An_unknown_status_is_refused()
    {
        var (handover, opened) = await Displayed();

        await Expect(HttpStatusCode.BadRequest, Page.Receipt(Page.Sign(handover, opened, handover.Statement(status: "perhaps"))));
    }

    [Fact]
    public async Task The_same_receipt_again_is_answered_the_same_and_a_later_one_has_a_larger_number()
    {
        var (handover, opened) = await Displayed();
        var first = Page.Sign(handover, opened, handover.Statement(seq: 1));
        var answer = await Accepted(first);

        Assert.Equal(answer, await Accepted(first));
        await Expect(HttpStatusCode.Conflict, Page.Receipt(Page.Sign(handover, opened, handover.Statement(seq: 1, status: "problem"))));
        var third = Page.Sign(handover, opened, handover.Statement(seq: 3, status: "problem"));
        var later = await Accepted(third);
        await Expect(HttpStatusCode.Conflict, Page.Receipt(Page.Sign(handover, opened, handover.Statement(seq: 2))));

        Assert.Equal(answer, await Accepted(first));
        Assert.Equal(later, await Accepted(third));
        Assert.Equal([1, 3], (await Sender.Detail(handover)).Replies.Select(reply => reply.Seq));
        Assert.Equal(["created", "claimed", "displayed", "confirmed", "confirmed"], await Sender.Story(handover));
    }

    /// <summary>What was accepted; the proofs beside it are under a newer checkpoint each time.</summary>
    private async Task<(string State, string Confirmed)> Accepted(LinkReceipt receipt)
    {
        using var answer = await Page.Receipt(receipt);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var accepted = await answer.Read<ReceiptAccepted>();
        return (accepted.State, accepted.Confirmed);
    }

    [Fact]
    public async Task A_receipt_is_taken_for_24_hours_from_the_claim()
    {
        var (handover, opened) = await Displayed();
        var receipt = Page.Sign(handover, opened, handover.Statement());

        Server.Clock.Step(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        await Expect(HttpStatusCode.OK, Page.Receipt(receipt));
        Server.Clock.Step(TimeSpan.FromMilliseconds(1));
        await Expect(HttpStatusCode.NotFound, Page.Receipt(receipt));
    }

    private async Task<(TestHandover Handover, LinkOpened Opened)> Displayed()
    {
        var handover = await Sender.Waiting();
        var opened = await Open(Page, handover);
        await Expect(HttpStatusCode.NoContent, Page.Displayed(handover));
        return (handover, opened);
    }
}
