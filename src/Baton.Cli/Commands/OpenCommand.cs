using System.CommandLine;
using Baton.Client.Api;
using Baton.Client.Sealing;
using Baton.Protocol.Encoding;

namespace Baton.Cli.Commands;

/// <summary>`baton open`: opens a link, once, prints or saves what it holds, and confirms it.</summary>
internal static class OpenCommand
{
    private static readonly Argument<string?> Source = new("link")
    {
        HelpName = "LINK", Arity = ArgumentArity.ZeroOrOne, Description = "- reads it from standard input, and the access password from the next line; asked for when not given",
    };
    private static readonly Option<string?> AccessFile = new("--access-password-file") { HelpName = "FILE", Description = "Take the access password from the first line of this file" };
    private static readonly Option<string?> Save = new("--save") { HelpName = "FILE", Description = "Write the entries to a new file that only you may read; .json or .csv" };
    private static readonly Option<string?> Files = new("--files") { HelpName = "DIR", Description = "Save the handover's files there" };
    private static readonly Option<string?> Confirm = new("--confirm") { HelpName = "STATUS", Description = "Confirm every entry to the sender: works or received" };
    private static readonly Option<string[]> Problem = new("--problem") { HelpName = "N:NOTE", Description = "With --confirm: entry N has a problem; may be repeated" };
    private static readonly Option<string?> Receipt = new("--receipt") { HelpName = "FILE", Description = "With --confirm: keep the receipt with its proofs in a new file; .html or .json" };
    private static readonly Option<string> Name = new("--name") { HelpName = "NAME", DefaultValueFactory = _ => "", Description = "With --confirm: who confirms" };

    public static Command Make()
    {
        Confirm.AcceptOnlyFromAmong("works", "received");
        var command = new Command("open", "Open a link, once") { Source, AccessFile, Save, Files, Confirm, Problem, Name, Receipt };
        command.SetAction(Run);
        return command;
    }

    private static async Task Run(ParseResult parsed, CancellationToken cancel)
    {
        var argument = parsed.GetValue(Source);
        var link = LinkOf(argument);
        using var api = new BatonApi(link.Server) { Waits = () => Terminal.Say("The server does not answer. Trying again for five minutes; stopping now may lose what the link holds.") };
        var ready = (await api.Lookup(HandoverKeys.LocatorOf(link.Key), cancel)).OrFail();
        if (ready.Files.Count > 0 && parsed.GetValue(Files) is null)
        {
            throw new CommandFailedException(ExitCode.Usage, $"This handover has {ready.Files.Count} files; nothing was opened.", "--files DIR says where to save them.");
        }

        using var kept = parsed.GetValue(Receipt) is { } place ? Output.FreshFile.Create(place, "--receipt", ".html", ".json") : null;
        var receipt = new ReceiptWish(parsed.GetValue(Confirm), parsed.GetValue(Problem) ?? [], parsed.GetRequiredValue(Name), kept);
        receipt.Check();
        using var saved = parsed.GetValue(Save) is { } path ? Output.SavedContent.Create(path) : null;
        using var folder = parsed.GetValue(Files) is { } directory && ready.Files.Count > 0 ? SavedFiles.In(directory) : null;
        Terminal.Say(Output.Safe.Text($"{ready.Organization}{(ready.Sender is null ? "" : $" ({ready.Sender})")} hands something over to you. It opens once, now, on this device."));

        using var reading = await Reading.Claim(api, link.Key, () => ready.HasPassword ? PasswordOf(argument, parsed.GetValue(AccessFile)) : null, ready.HasPassword && argument != "-", cancel);
        var files = folder is null ? [] : await folder.Fetch(reading, cancel);
        if (saved is not null)
        {
            Output.SavedContent.Write(saved, reading.Content);
        }

        var json = parsed.GetValue(BatonCommand.Json);
        if (!json && saved is null)
        {
            Output.ContentText.Write(reading.Content);
        }

        // From here on the content is the recipient's: whatever fails now must not take it away.
        folder?.Keep();
        var untold = await Trouble(() => reading.Displayed(cancel));
        var confirmed = "no";
        var unconfirmed = await Trouble(async () => confirmed = await receipt.Send(reading, cancel));
        if (json)
        {
            var content = reading.Content;
            Terminal.WriteJson(
                new Output.Opened(
                    content.Organization.Name, content.Sender.Name, content.Recipient, content.Message, [.. content.Entries.Select(Import.PlainEntry.Of)], files, confirmed),
                Import.CliJson.Shared.Opened);
        }

        foreach (var file in files)
        {
            Terminal.Say("Saved " + Output.Safe.Text(file));
        }

        if (kept is not null && unconfirmed is null)
        {
            Terminal.Say("Kept " + Output.Safe.Text(kept.Path));
        }

        if (untold is not null)
        {
            Terminal.Say($"warning: the server did not take the news that this was read: {untold.Message} It destroys its copy by itself.");
        }

        if (unconfirmed is not null)
        {
            throw unconfirmed;
        }

        Terminal.Say(confirmed == "no" ? "The link is dead now. Nothing was confirmed to the sender (--confirm)." : $"The link is dead now. Confirmed to the sender: {confirmed}.");
    }

    private static async Task<Exception?> Trouble(Func<Task> step)
    {
        try
        {
            await step();
            return null;
        }
        catch (Exception fault) when (fault is CommandFailedException or ServerUnreachableException or OperationCanceledException)
        {
            return fault;
        }
    }

    private static Link LinkOf(string? argument)
    {
        if (argument is not null and not "-")
        {
            Terminal.Say("warning: a link on the command line stays in the shell's history; `baton open` asks for it, `baton open -` reads it.");
        }

        var text = argument switch
        {
            null => Terminal.AskSecret("Link", null, "baton open - reads it from standard input."),
            "-" => Console.In.ReadLine() ?? "",
            _ => argument,
        };
        if (Link.TryParse(text, out var link, out var fault))
        {
            return link;
        }

        throw fault switch
        {
            CodeFault.None => new CommandFailedException(ExitCode.Usage, "This is no link of Baton.", "A link looks like https://baton.example/h#…"),
            CodeFault.Kind => new CommandFailedException(ExitCode.Unavailable, "This is a recovery key, not a link."),
            CodeFault.Length => new CommandFailedException(ExitCode.Unavailable, "This link is cut off, or something was pasted behind it.", "Copy it again, whole. Nothing was opened."),
            _ => new CommandFailedException(ExitCode.Unavailable, "This link is mistyped.", "Copy it again. Nothing was opened."),
        };
    }

    private static string PasswordOf(string? argument, string? file) =>
        argument == "-" && file is null
            ? Console.In.ReadLine() ?? throw new CommandFailedException(ExitCode.Usage, "This handover has an access password.", "Put it on the line after the link, or use --access-password-file FILE.")
            : Terminal.AskSecret("Access password", file, "--access-password-file FILE takes its first line.");
}
