using System.Globalization;
using Baton.Cli.Import;
using Baton.Cli.Output;
using Baton.Client.Sealing;
using Baton.Client.Vault;
using Baton.Protocol.Wire;

namespace Baton.Cli.Vault;

/// <summary>
/// Brings an import in. What it writes is noted in a journal before the first request; when something fails or the person stops
/// it, all of it is taken out again, and where even that fails the journal says what is left to take out.
/// </summary>
internal sealed class Importing
{
    // Sealed bytes in a request, so that their JSON stays below the server's 4 MiB.
    private const int MaxBytes = 2_500_000;

    private readonly OpenVault vault;
    private readonly List<(Shelf Shelf, List<Draft> Drafts)> shelves;
    private readonly ImportJournal journal;

    private Importing(OpenVault vault, List<(Shelf Shelf, List<Draft> Drafts)> shelves, ImportJournal journal)
    {
        this.vault = vault;
        this.shelves = shelves;
        this.journal = journal;
    }

    /// <param name="into">The group for what names none.</param>
    public static async Task<Imported> Run(OpenVault vault, ImportPlan plan, string? into, string source, CancellationToken cancel)
    {
        var homes = plan.Shelves.Select(shelf => (shelf.Entries, shelf.Name, Home: Home(vault, shelf.Name, into))).ToList();
        foreach (var (_, _, home) in homes)
        {
            home?.CheckWritable();
        }

        // Every id is drawn now: the journal has to name what is about to be written, not what was.
        var planned = homes.Select(home => (home.Home, New: home.Home is null ? NewGroup.Begin(vault, home.Name!) : null, Drafts: home.Entries.Select(Draft.Of).ToList())).ToList();
        var journal = new ImportJournal(
            vault.Api.Server.Origin, vault.Unlocked.Member.ToString(), source, [.. planned.Select(part => part.New?.Group.ToString()).OfType<string>()],
            [.. planned.SelectMany(part => part.Drafts.Select(draft => new ImportedId(part.Home?.Id ?? part.New!.Group, draft.Id)))]);
        journal.Save();
        try
        {
            var shelves = new List<(Shelf, List<Draft>)>();
            foreach (var (home, request, drafts) in planned)
            {
                shelves.Add((home ?? await NewGroup.Make(vault, request!, cancel), drafts));
            }

            await new Importing(vault, shelves, journal).Write(cancel);
        }
        catch (Exception fault)
        {
            await TakeBack(vault, journal, fault);
            throw;
        }

        ImportJournal.Delete();
        return new Imported(plan.Entries, plan.Files, journal.Groups, plan.Lost);
    }

    private async Task Write(CancellationToken cancel)
    {
        using var progress = new Progress("entries", journal.Entries.Count);
        foreach (var (shelf, drafts) in shelves)
        {
            var (changes, bytes) = (new List<EntryChange>(), 0);
            foreach (var draft in drafts)
            {
                var files = new List<VaultFile>();
                foreach (var file in draft.Entry.Files ?? [])
                {
                    files.Add((await vault.Entries.Attach(shelf.Access, Attachment.Of(file.Name, file.Bytes), cancel)).OrFail());
                }

                var change = VaultWriter.Saving(shelf, draft.Id, 0, draft.Entry.ToVault(files));
                if (changes.Count == VaultEntries.MostChanges || bytes + change.Sealed!.Length > MaxBytes)
                {
                    await Send(changes, progress, cancel);
                    (changes, bytes) = ([], 0);
                }

                changes.Add(change);
                bytes += change.Sealed!.Length;
            }

            await Send(changes, progress, cancel);
        }
    }

    // The ids are this import's own: if the server knows them already, an answer was lost on the way and the request was not.
    private async Task Send(List<EntryChange> changes, Progress progress, CancellationToken cancel)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var outcome = await vault.Entries.Change(changes, cancel);
        if (!outcome.TryGet(out _, out var problem) && !(problem.Type == Problem.Prefix + ProblemType.StaleRevision.Name && problem.Entries?.Count == changes.Count))
        {
            throw Outcomes.Failure(problem);
        }

        progress.Add(changes.Count);
    }

    private static async Task TakeBack(OpenVault vault, ImportJournal journal, Exception fault)
    {
        Terminal.Say(fault is OperationCanceledException ? "Stopped. Taking out what was imported…" : "The import failed. Taking out what was imported…");
        try
        {
            var binned = await ImportUndo.Run(vault, journal, CancellationToken.None);
            Terminal.Say($"Nothing of it is in the vault.{ImportUndo.Words(binned)}");
        }
        catch (Exception again) when (again is CommandFailedException or Client.Api.ServerUnreachableException)
        {
            Terminal.Say($"warning: that failed, too: {again.Message} baton vault import --undo finishes it.");
        }
    }

    private static Shelf? Home(OpenVault vault, string? name, string? into)
    {
        if (name is null)
        {
            return vault.Shelf(into ?? OpenVault.Personal);
        }

        // A group of that name is joined: importing a second file of the same client is not meant to make a second client.
        return vault.Shelves.Any(shelf => shelf.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ? vault.Shelf(name) : null;
    }

    private sealed record Draft(Protocol.Id Id, PortableEntry Entry)
    {
        public static Draft Of(PortableEntry entry) => new(VaultWriter.NewId(), entry);
    }
}

/// <summary>How far long work is, on one line of a terminal; in a file, at its end only.</summary>
internal sealed class Progress(string what, int total) : IDisposable
{
    private int done;

    public void Add(int count)
    {
        done += count;
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{done} of {total} {what}"));
        }
    }

    public void Dispose()
    {
        if (!Console.IsErrorRedirected && done > 0)
        {
            Console.Error.WriteLine();
        }
    }
}
