using Baton.Cli.Output;

namespace Baton.Cli.Vault;

/// <summary>A file of an entry on its way out: whole and verified, or not there at all.</summary>
internal static class SavedAttachment
{
    /// <summary>Saves the file of this name to a new path that only its owner may read.</summary>
    public static async Task Save(OpenVault vault, Item item, string name, string path, CancellationToken cancel)
    {
        var file = item.Entry.Files?.FirstOrDefault(file => file.Name == name) ?? throw new CommandFailedException(
            ExitCode.Input, Safe.Text($"{item.Entry.Title} has no file {name}."), item.Entry.Files is null ? null : Safe.Text("It has " + string.Join(", ", item.Entry.Files.Select(file => file.Name))));
        var bytes = (await vault.Entries.Fetch(file, cancel)).OrFail();
        NewFile.Write(path, bytes);
        Terminal.Say("Saved " + Safe.Line(path));
    }
}
