using System.CommandLine;
using Baton.Cli.Output;

namespace Baton.Cli.Commands;

/// <summary>`baton extend ID LIFE`: a waiting handover gets a new life, from now on.</summary>
internal static class ExtendCommand
{
    private static readonly Argument<string> Handover = new("id") { HelpName = "ID", Description = "The handover, as history shows it" };
    private static readonly Argument<string> NewLife = new("life") { HelpName = "LIFE", Description = "5m to 30d from now, like 90m, 24h, 3d" };

    public static Command Make()
    {
        var command = new Command("extend", "Give a waiting handover a new life from now") { Handover, NewLife };
        command.SetAction(async (parsed, cancel) =>
        {
            var id = RevokeCommand.IdOf(parsed.GetRequiredValue(Handover));
            var life = Life.Of(parsed.GetRequiredValue(NewLife), "LIFE");
            using var member = Member.FromFile();
            var summary = (await member.Api.Extend(id, life, cancel)).OrFail();
            if (parsed.GetValue(BatonCommand.Json))
            {
                Terminal.WriteJson(HandoverStory.RowOf(summary, null), Import.CliJson.Shared.HistoryRow);
                return;
            }

            Terminal.Write($"Extended {id}. Its link opens until {Times.Local(summary.ExpiresAt ?? 0)}.");
        });
        return command;
    }
}
