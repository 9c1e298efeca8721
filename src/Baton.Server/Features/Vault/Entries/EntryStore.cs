using System.Security.Cryptography;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;
using Baton.Server.Storage;

namespace Baton.Server.Features.Vault;

/// <summary>
/// Changes of entries, whole or not at all: rights, states, key versions and revisions are looked at in the transaction that writes, so of two
/// saves made from one revision exactly one wins, and none slips past a rotation or a right that ended. spec/vault.md §3.
/// </summary>
internal sealed class EntryStore(Ledger ledger, BatonOptions settings, TimeProvider clock)
{
    public Task<Answer<EntriesChanged>> Change(CurrentMember member, IReadOnlyList<EntryChange> changes)
    {
        // Hashed before the one writer is asked: it does SQL and arithmetic.
        var hashes = changes.Select(change => change.Sealed is null ? null : SHA256.HashData(change.Sealed)).ToList();
        return ledger.Write<Answer<EntriesChanged>>(transaction => Change(transaction, member, changes, hashes, clock.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    private Recorded<Answer<EntriesChanged>> Change(
        LedgerTransaction transaction, CurrentMember member, IReadOnlyList<EntryChange> changes, List<byte[]?> hashes, long now)
    {
        if (Refuses(transaction, member, changes) is { } refused)
        {
            return transaction.Nothing<Answer<EntriesChanged>>(refused);
        }

        var next = Count(transaction, changes);
        var states = new EntryState[changes.Count];
        var bytes = 0L;

        // What is purged last: an entry moved with its attachments keeps them.
        foreach (var (i, change) in changes.Index().OrderBy(change => change.Item.Act == "purge"))
        {
            var number = next[change.Group]++;
            var state = change.Act switch
            {
                "save" => EntryRows.Save(transaction, member.Member, change, number, now),
                "purge" => EntryRows.Purge(transaction, change.Entry, number, ref bytes),
                _ => EntryRows.Bin(transaction, change.Entry, change.Act == "bin" ? now : null, number),
            };
            if (state is null)
            {
                return transaction.Nothing<Answer<EntriesChanged>>(Stale([change.Entry]));
            }

            if (change.Act == "save" && !FileReferences.Refer(transaction, member, change.Entry, state.Revision, change.Files ?? []))
            {
                return transaction.Nothing<Answer<EntriesChanged>>(Problems.Invalid("files", "are not there, not complete, or not yours"));
            }

            bytes += change.Sealed?.Length ?? 0;
            states[i] = state;
        }

        if (!VaultBytes.Add(transaction.Execute, member.Organization, bytes, settings))
        {
            return transaction.Nothing<Answer<EntriesChanged>>(VaultBytes.Full(settings));
        }

        var entries = EntryLedger.Of(member.Organization, Actor.Of(member.Member), changes.Zip(states, hashes), now);
        return transaction.Record<Answer<EntriesChanged>>(new EntriesChanged(states), entries[0], entries.AsSpan(1));
    }

    private static ProblemResult? Refuses(LedgerTransaction transaction, CurrentMember member, IReadOnlyList<EntryChange> changes)
    {
        foreach (var group in changes.GroupBy(change => change.Group))
        {
            var access = GroupAccess.Of(transaction.Query, member, group.Key);
            var refused = GroupAccess.Lacks(access, group.Any(change => change.Act == "purge") ? Right.Manage : Right.Edit)
                ?? access!.IsNot(GroupState.Active)
                ?? (group.Any(change => change.Act == "save" && change.Version != access.Version) ? Problems.Of(ProblemType.StaleKey) : null);
            if (refused is not null)
            {
                return refused;
            }
        }

        var stale = new List<Id>();
        foreach (var change in changes)
        {
            using var row = transaction.Query("SELECT group_id, revision, purged FROM entries WHERE entry = @entry", ("@entry", change.Entry));
            var there = row.Read();
            if (there && row.Id(0) != change.Group)
            {
                return Problems.Of(change.Base == 0 ? ProblemType.Conflict : ProblemType.NotFound);
            }

            if (!there && change.Base > 0)
            {
                return Problems.Of(ProblemType.NotFound);
            }

            if (there && (row.GetInt64(1) != change.Base || row.GetBoolean(2)))
            {
                stale.Add(change.Entry);
            }
        }

        return stale.Count == 0 ? null : Stale(stale);
    }

    /// <summary>Moves each group's counter on by its changes; gives the first number of each.</summary>
    private static Dictionary<Id, long> Count(LedgerTransaction transaction, IReadOnlyList<EntryChange> changes) => changes.GroupBy(change => change.Group).ToDictionary(
        group => group.Key,
        group => (long)transaction.Scalar(
            "UPDATE groups SET change = change + @count WHERE id = @group RETURNING change", ("@group", group.Key), ("@count", group.Count()))! - group.Count() + 1);

    private static ProblemResult Stale(IReadOnlyList<Id> entries) => Problems.Of(ProblemType.StaleRevision.With() with { Entries = entries });
}
