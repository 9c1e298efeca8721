using Baton.Cli.Import;
using Baton.Cli.Vault;
using Baton.Client.Sealing;
using Baton.Protocol;

namespace Baton.Cli.HandOver;

/// <summary>What is to be handed over: entries as they are now, the files beside them, and where in the vault each came from.</summary>
/// <param name="Sources">One for each entry; null for what isn't kept in the vault.</param>
/// <param name="Group">The group of the entries; null for those of a file.</param>
internal sealed record HandoverItems(IReadOnlyList<Entry> Entries, IReadOnlyList<Attachment> Attachments, IReadOnlyList<EntrySource?> Sources, Shelf? Group)
{
    /// <summary>Entries of a CSV or JSON file.</summary>
    public static HandoverItems OfFile(string path)
    {
        var text = InputFile.Text(path);
        var isJson = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || (path == "-" && text.AsSpan().TrimStart() is ['{' or '[', ..]);
        IReadOnlyList<Entry> entries = isJson ? EntriesJson.Read(text) : [.. CsvEntries.Read(text).Entries.Select(entry => entry.ToEntry())];
        return entries.Count == 0
            ? throw new CommandFailedException(ExitCode.Input, $"{path} holds no entries.")
            : new HandoverItems(entries, [], [.. entries.Select(_ => (EntrySource?)null)], null);
    }

    /// <summary>Entries of the vault, with their files unless those stay here.</summary>
    public static async Task<HandoverItems> OfVault(OpenVault vault, IReadOnlyList<Item> items, bool withFiles, CancellationToken cancel)
    {
        if (items.Select(item => item.Shelf).Distinct().FirstOrDefault(shelf => shelf.Access.Right < Right.Share) is { } closed)
        {
            throw new CommandFailedException(ExitCode.Refused, Output.Safe.Text($"Your right on {closed.Name} does not allow handing over."), "It takes the right share.");
        }

        var (entries, attachments) = (new List<Entry>(), new List<Attachment>());
        foreach (var item in items)
        {
            var places = new List<int>();
            foreach (var file in withFiles ? item.Entry.Files ?? [] : [])
            {
                places.Add(attachments.Count);
                attachments.Add(Attachment.Of(file.Name, (await vault.Entries.Fetch(file, cancel)).OrFail()));
            }

            entries.Add(item.Entry.ToItem() with { Files = places.Count == 0 ? null : places });
        }

        var groups = items.Select(item => item.Shelf).Distinct().ToList();
        return new HandoverItems(entries, attachments, [.. items.Select(item => new EntrySource(item.Id, item.Revision))], groups.Count == 1 ? groups[0] : null);
    }

    /// <summary>With files of the disk, too, which belong to no entry.</summary>
    public async Task<HandoverItems> With(IReadOnlyList<string> paths, CancellationToken cancel)
    {
        var attachments = Attachments.ToList();
        foreach (var path in paths)
        {
            attachments.Add(File.Exists(path) ? await Attachment.FromAsync(path, cancel) : throw new CommandFailedException(ExitCode.Input, $"There is no file {path}."));
        }

        return this with { Attachments = attachments };
    }
}
