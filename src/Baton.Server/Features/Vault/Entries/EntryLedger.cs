using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;

namespace Baton.Server.Features.Vault;

/// <summary>The ledger's <c>entries</c>: one for each group of a request. spec/ledger.md §1.</summary>
internal static class EntryLedger
{
    public static LedgerEntry[] Of(
        Id organization, Actor actor, IEnumerable<(EntryChange Change, EntryState State, byte[]? Hash)> changes, long now) =>
    [
        .. changes.GroupBy(change => change.Change.Group).Select(group => LedgerEntry.Of(
            "entries", organization, now, actor, group, static (json, group) =>
            {
                json.WriteId("group"u8, group.Key);
                json.WriteStartArray("changes"u8);
                foreach (var (change, state, hash) in group)
                {
                    json.WriteStartObject();
                    json.WriteId("entry"u8, change.Entry);
                    json.WriteString("act"u8, change.Act);
                    json.WriteNumber("revision"u8, state.Revision);
                    if (hash is not null)
                    {
                        json.WriteBytes("hash"u8, hash);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }) with
        { Changed = (group.Key, group.Max(change => change.State.Change)) }),
    ];
}
