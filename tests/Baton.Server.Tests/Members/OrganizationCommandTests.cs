using System.Net;
using Baton.Protocol;
using Baton.Server.Features.Organizations;
using static Baton.Server.Tests.Members.Person;

namespace Baton.Server.Tests.Members;

/// <summary>baton-server organization …, beside a server that runs and without one.</summary>
public sealed class OrganizationCommandTests
{
    [Fact]
    public async Task Beside_a_running_server_a_trial_is_extended_and_holds_at_once()
    {
        await using var server = await BatonServer.Start("--sign-up", "open", "--trial-days", "1");
        using var owner = await Founder(server);
        using var jan = await SignUpTests.SignUp(server, "jan@other.example");
        server.Clock.Advance(TimeSpan.FromDays(2));
        await Refused("trial-over", jan.Client.Post("/api/invitations", (await jan.NewInvitation()).Request));

        var (code, output, _) = await Run(server, "extend", jan.Organization.ToString(), "--days", "3");
        Assert.Equal(0, code);
        Assert.Equal("trial until 2026-03-07 09:00\n", output);
        await jan.Invite();
        Assert.False((await jan.Session()).Organization.ReadOnly);
        Assert.All(Entries.Of(server, "trial"), entry => Assert.Equal("server", entry.GetProperty("actor").GetString()));

        // Days more come after those that are left.
        Assert.Equal((0, "trial until 2026-03-09 09:00\n", ""), await Run(server, "extend", jan.Organization.ToString(), "--days", "2"));
        server.Clock.Advance(TimeSpan.FromDays(5));
        await Refused("trial-over", jan.Client.Post("/api/invitations", (await jan.NewInvitation()).Request));
        Assert.Equal((0, "no trial\n", ""), await Run(server, "extend", jan.Organization.ToString(), "--forever"));
        await jan.Invite();
        Assert.Null((await jan.Session()).Organization.TrialEndsAt);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Entries.Of(server, "trial")[^1].GetProperty("ends").ValueKind);
    }

    [Fact]
    public async Task It_lists_every_organization_with_its_trial()
    {
        await using var server = await BatonServer.Start("--sign-up", "open", "--trial-days", "1");
        using var owner = await Founder(server);
        using var ola = await owner.Hire(Role.Member, "ola@studio.example");

        // The list is in the order of founding.
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        using var jan = await SignUpTests.SignUp(server, "jan@other.example");
        var (code, output, _) = await Run(server, "list");
        Assert.Equal(0, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches($"^{owner.Organization}     2 members  no trial +Studio Północ$", lines[0]);
        Assert.Matches($"^{jan.Organization}     1 members  trial until [0-9-]{{10}} [0-9:]{{5}} +Studio Północ$", lines[1]);
    }

    [Fact]
    public async Task What_it_does_not_understand_changes_nothing()
    {
        await using var server = await BatonServer.Start("--sign-up", "open", "--trial-days", "1");
        using var owner = await Founder(server);
        using var jan = await SignUpTests.SignUp(server, "jan@other.example");
        var id = jan.Organization.ToString();
        foreach (var words in new string[][] { [], ["frobnicate"], ["extend", id], ["extend", id, "--days", "0"], ["extend", id, "--days", "-1"], ["extend", id, "--days", "1e9"], ["extend", "x", "--forever"], ["list", "more"] })
        {
            var (code, output, errors) = await Run(server, words);
            Assert.Equal((2, ""), (code, output));
            Assert.Contains("organization extend ID --days N", errors, StringComparison.Ordinal);
        }

        foreach (var (unknown, days) in new[] { (BatonServer.NewId().ToString(), "3"), (owner.Organization.ToString(), "3") })
        {
            var (code, _, errors) = await Run(server, "extend", unknown, "--days", days);
            Assert.Equal(1, code);
            Assert.Contains("organization list", errors, StringComparison.Ordinal);
        }

        Assert.Single(Entries.Of(server, "trial"));
    }

    [Fact]
    public async Task It_wants_a_data_directory_of_this_version()
    {
        using var empty = Store.New();
        empty.EmptyMain();
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(2, await OrganizationCommand.RunAsync(["list", .. empty.Settings], output, errors, TimeProvider.System));
        Assert.Contains("holds no data of Baton", errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(empty.Data));

        empty.Script("CREATE TABLE migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 BYTEA NOT NULL, applied_at BIGINT NOT NULL)");
        Assert.Equal(2, await OrganizationCommand.RunAsync(["list", .. empty.Settings], output, errors, TimeProvider.System));
        Assert.Contains("older version", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_itself_takes_it_while_the_server_runs()
    {
        using var store = Store.New();
        await using (var running = await BatonProcess.Start(store, "--sign-up", "open"))
        {
            using var command = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "baton-server"), ["organization", "extend", BatonServer.NewId().ToString(), "--days", "3", .. store.Settings])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            var errors = await command.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await command.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(1, command.ExitCode);
            Assert.Contains("is no organization with a trial here", errors, StringComparison.Ordinal);
        }
    }

    private static async Task<(int Code, string Output, string Errors)> Run(BatonServer server, params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await OrganizationCommand.RunAsync([.. words, .. server.Store.Settings], output, errors, server.Clock);
        return (code, output.ToString(), errors.ToString());
    }
}
