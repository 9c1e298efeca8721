using System.CommandLine;
using System.Globalization;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Client.Keys;
using Baton.Protocol.Wire;

namespace Baton.Cli.Commands;

/// <summary>`baton history [ID]`: every handover, or the story of one.</summary>
internal static class HistoryCommand
{
    private static readonly Argument<string?> Handover = new("id") { HelpName = "ID", Arity = ArgumentArity.ZeroOrOne, Description = "One handover: its time line and receipts" };
    private static readonly Option<int> Limit = new("--limit") { HelpName = "N", DefaultValueFactory = _ => 50, Description = "Newest handovers to list, 1 to 1000" };
    private static readonly Option<bool> Locked = new("--locked") { Description = "Without titles and recipients: needs no master password" };

    public static Command Make()
    {
        var command = new Command("history", "What was handed over, and what became of it") { Handover, Limit, Locked, BatonCommand.PasswordFile };
        command.SetAction(Run);
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancel)
    {
        using var member = Member.FromFile();
        using var unlocked = parsed.GetValue(Locked) ? null : await member.Unlock(parsed.GetValue(BatonCommand.PasswordFile), cancel);
        var json = parsed.GetValue(BatonCommand.Json);
        if (parsed.GetValue(Handover) is { } id)
        {
            var detail = (await member.Api.Handover(RevokeCommand.IdOf(id), cancel)).OrFail();
            var story = HandoverStory.Of(detail, unlocked);
            if (json)
            {
                Terminal.WriteJson(story, CliJson.Shared.Story);
            }
            else
            {
                Show(story);
            }

            return;
        }

        var rows = await List(member, unlocked, parsed.GetValue(Limit), cancel);
        if (json)
        {
            Terminal.WriteJson(rows, CliJson.Shared.IReadOnlyListHistoryRow);
        }
        else
        {
            Show(rows);
        }
    }

    private static async Task<IReadOnlyList<HistoryRow>> List(Member member, UnlockedMember? unlocked, int limit, CancellationToken cancel)
    {
        if (limit is < 1 or > 1000)
        {
            throw new CommandFailedException(ExitCode.Usage, "--limit takes 1 to 1000.");
        }

        var rows = new List<HistoryRow>();
        string? before = null;
        do
        {
            var page = (await member.Api.History(before, Math.Min(limit - rows.Count, 200), cancel)).OrFail();
            rows.AddRange(page.Handovers.Select(summary => HandoverStory.RowOf(summary, unlocked)));
            before = page.Next;
        }
        while (before is not null && rows.Count < limit);

        return rows;
    }

    private static void Show(IReadOnlyList<HistoryRow> rows)
    {
        if (rows.Count == 0)
        {
            Terminal.Write("Nothing was handed over yet.");
            return;
        }

        Terminal.Write($"{"STATE",-12} {"CREATED",-16} {"ID",-22} TITLE");
        foreach (var row in rows)
        {
            Terminal.Write($"{row.State,-12} {Times.Local(row.CreatedAt),-16} {row.Handover,-22} {TitleOf(row)}");
        }
    }

    private static void Show(Story story)
    {
        var row = story.Handover;
        Terminal.Write(TitleOf(row));
        Terminal.Write($"{row.State}; {(row.ExpiresAt is { } expires ? "expires " + Times.Local(expires) + ", " : "")}password by {row.Channel}, from {Safe.Text(row.Sender)}");
        for (var i = 0; i < (row.Items?.Count ?? 0); i++)
        {
            Terminal.Write(Safe.Text(string.Create(CultureInfo.InvariantCulture, $"  {i + 1}. {row.Items![i]}")));
        }

        Terminal.Write();
        foreach (var entry in story.TimeLine)
        {
            Terminal.Write(Safe.Text($"{Times.Local(entry.Time)}  {entry.Kind,-13} {entry.Actor}{(entry.Address is null ? "" : $" ({entry.Address})")}"));
        }

        foreach (var receipt in story.Receipts)
        {
            Terminal.Write();
            Terminal.Write(receipt.Genuine
                ? Safe.Text($"Receipt {receipt.Seq}, genuine, signed as \"{receipt.Name}\"")
                : $"Receipt {receipt.Seq}: its reply does not open. It may be forged; do not rely on it.");
            foreach (var item in receipt.Items)
            {
                Terminal.Write(Safe.Text($"  {item.Status,-9} {item.Title}{(string.IsNullOrEmpty(item.Note) ? "" : $" – {item.Note}")}"));
            }
        }
    }

    private static string TitleOf(HistoryRow row) =>
        row.Title is null ? "(sealed)" : Safe.Text(string.IsNullOrEmpty(row.Recipient) ? row.Title : $"{row.Title} → {row.Recipient}").ReplaceLineEndings(" ");
}
