using Baton.Cli.Commands;
using Baton.Cli.Output;
using Baton.Cli.Vault;
using Baton.Client.Sealing;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Cli.HandOver;

/// <summary>An earlier handover that a new one takes the place of: its link dies with the new one's making. spec/api.md, "Shapes".</summary>
/// <param name="Personal">Null once erased.</param>
internal sealed record Reissue(HandoverSummary Summary, Details Details, Personal? Personal)
{
    public static async Task<Reissue> Of(OpenVault vault, string id, CancellationToken cancel)
    {
        var summary = (await vault.Api.Handover(RevokeCommand.IdOf(id), cancel)).OrFail().Summary;
        return HandoverStory.DetailsOf(summary, vault.Unlocked) is { } details
            ? new Reissue(summary, details, HandoverStory.PersonalOf(summary, vault.Unlocked))
            : throw new CommandFailedException(ExitCode.Refused, "The details of that handover don't open with your keys.");
    }

    /// <summary>The vault's entries it was made of, as they are now; says which have changed since.</summary>
    /// <exception cref="CommandFailedException">Some of it was never kept in the vault, or isn't there any more.</exception>
    public IReadOnlyList<Item> Items(OpenVault vault)
    {
        var items = new List<Item>();
        foreach (var item in Details.Items)
        {
            var now = vault.Items.FirstOrDefault(kept => kept.Id == item.Entry && !kept.IsBinned) ?? throw new CommandFailedException(
                ExitCode.Refused, Safe.Text(item.Entry is null ? $"{item.Title} was handed over without being kept in the vault." : $"{item.Title} is not in the vault any more."),
                "Name what to hand over: FILE, or --entry ENTRY.");
            items.Add(now);
            if (item.Revision is { } then && now.Revision != then)
            {
                Terminal.Say(Safe.Line($"{now.Entry.Title} has changed since: it was revision {then}, and is {now.Revision}."));
            }
        }

        return items;
    }
}
