using Baton.Cli.HandOver;
using Baton.Protocol;

namespace Baton.EndToEnd.Tests.Cli;

public sealed class PolicyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_organizations_policy_is_held_before_anything_is_sealed()
    {
        await using var desk = await Desk.SetUp(Cancel);
        using (var owner = await OwnersClient.Of(desk, Cancel))
        {
            await owner.SetPolicy(new Policy(1, 86_400, true, 60, Role.Owner, false, 0, 1_800, 43_200, false), Cancel);
        }

        desk.Write("weak", "hunter2");
        desk.Write("plan", "the plan");
        await desk.Does(Cancel, "vault", "add", "Panel", "--generate", "--file", desk.At("plan"));
        string[] handOver = ["hand-over", "--entry", "Panel"];
        Assert.Equal("lets a link live 24 hours at most", await Refused(desk, [.. handOver, "--expires", "25h"]));
        Assert.Equal("asks for an access password", await Refused(desk, [.. handOver, "--password", "none"]));
        Assert.Equal("asks for an access password of 60 bits, and this one has 52 at most", await Refused(desk, handOver));
        Assert.Equal("asks for an access password of 60 bits, and this one has 36 at most", await Refused(desk, [.. handOver, "--password", "ask", "--access-password-file", desk.At("weak")]));
        Assert.Equal("lets no files be handed over", await Refused(desk, [.. handOver, "--words", "5"]));
        Assert.StartsWith("Link ", await desk.Does(Cancel, [.. handOver, "--words", "5", "--leave-out", "totp,files"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aaaaaaaaaaaa", 5)]
    [InlineData("abcdefgh", 5)]
    [InlineData("12345678", 4)]
    [InlineData("hunter2", 37)]
    [InlineData("correct-horse-battery-staple", 160)]
    public void Repeats_and_rows_count_once(string password, double most) => Assert.InRange(PolicyRules.MostBits(password), 0, most);

    private static async Task<string> Refused(Desk desk, string[] command)
    {
        var heard = await desk.Says(Cancel, command);
        Assert.Equal(6, heard.ExitCode);
        return heard.Errors.Split('\n')[0].Replace("error: Your organization's policy ", "", StringComparison.Ordinal).TrimEnd('.');
    }
}
