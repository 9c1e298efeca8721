using System.Diagnostics;
using Baton.Protocol;

namespace Baton.EndToEnd.Tests.Cli;

public sealed class TwoPeopleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_joins_from_a_terminal_and_works_in_a_shared_group_without_losing_anything()
    {
        await using var desk = await Desk.SetUp(Cancel);
        await desk.Does(Cancel, "vault", "groups", "add", "Żuraw");
        await desk.Does(Cancel, "vault", "add", "Panel", "--group", "Żuraw", "--username", "ewa", "--generate");
        using var inviter = await OwnersClient.Of(desk, Cancel);
        var jan = Directory.CreateTempSubdirectory("baton-jan-").FullName;
        try
        {
            // The link comes on standard input; the recovery key is shown once.
            var link = await inviter.Invite("Żuraw", Right.Edit, Cancel);
            string[] join = ["join", "-", "--name", "Jan", "--email", "jan@studio.example", "--password-file", desk.At("master")];
            var joined = await new Terminal(jan).Baton(join, [link], Cancel);
            Assert.Equal("Ewa invites you to Studio, as member.\n", joined.Errors);
            Assert.Matches("^You have joined Studio as jan@studio.example. Ewa has to approve you before you see anything.\n\nRecovery key, shown this once; print it and put it away:\n  [0-9a-z-]{69}\n$", joined.Output);
            Assert.Equal(4, (await new Terminal(jan).Baton(join, [link], Cancel)).ExitCode);
            Assert.Equal(4, (await new Terminal(jan).Baton(join, [link[..^1]], Cancel)).ExitCode);
            Assert.Equal("error: You are not approved yet.\nhint:  Who invited you has to approve you first.\n", (await Says(jan, desk, "vault", "ls")).Errors);
            await inviter.Approve(Cancel);
            Assert.Matches("^ID +RIGHT +NAME\n[\\w-]{22} manage   personal\n[\\w-]{22} edit     Żuraw\n$", (await Says(jan, desk, "vault", "groups")).Output);

            // Jan's edit has read the entry and waits for a password out of a pipe; meanwhile Ewa's goes through.
            var pipe = desk.At("pipe");
            using (var made = Process.Start("mkfifo", [pipe]))
            {
                await made.WaitForExitAsync(Cancel);
            }

            using var edit = new Terminal(jan).Start(["vault", "edit", "Panel", "--username", "jan", "--secret", "password=" + pipe, "--password-file", desk.At("master")]);
            await using (var password = await Task.Run(() => new StreamWriter(pipe), Cancel))
            {
                await desk.Does(Cancel, "vault", "edit", "Panel", "--url", "https://panel.example", "--generate");
                await password.WriteLineAsync("jan's own");
            }

            var heard = await Terminal.Hear(edit, Cancel);
            Assert.Equal(6, heard.ExitCode);
            Assert.Equal(
                "  url        – → https://panel.example\n  password   is another\nerror: Panel was changed meanwhile, and is revision 2 now. Nothing of yours was saved.\n"
                + "hint:  Above is what changed. Run the command again to put your change on top of it.\n",
                heard.Errors);
            Assert.Equal("ewa\n", await desk.Does(Cancel, "vault", "get", "Panel", "--field", "username"));

            // Edit is not share, and not manage.
            Assert.Equal("error: Your right on Żuraw does not allow handing over.\nhint:  It takes the right share.\n", (await Says(jan, desk, "hand-over", "--entry", "Panel")).Errors);
            Assert.Equal(6, (await Says(jan, desk, "vault", "groups", "add", "Mine")).ExitCode);
            Assert.Equal("In the bin: Panel\n", (await Says(jan, desk, "vault", "rm", "Panel")).Errors);
            Assert.Equal(6, (await Says(jan, desk, "vault", "rm", "Panel", "--purge")).ExitCode);
            Assert.Equal("Destroyed Panel\n", (await desk.Says(Cancel, "vault", "rm", "Panel", "--purge")).Errors);
        }
        finally
        {
            Directory.Delete(jan, recursive: true);
        }
    }

    private static Task<Heard> Says(string home, Desk desk, params string[] command) => new Terminal(home).Baton([.. command, "--password-file", desk.At("master")], [], Cancel);
}
