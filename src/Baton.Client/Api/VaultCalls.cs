using System.Globalization;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Client.Api;

/// <summary>Groups, entries, attachments. spec/api.md; what is in them is <see cref="Vault.VaultEntries"/>' to open.</summary>
public sealed partial class BatonApi
{
    /// <summary>Every group the member may see, and who has which right on it.</summary>
    public Task<Outcome<GroupList>> Groups(CancellationToken cancel) => Get<GroupList>("/api/groups", cancel);

    /// <summary>Makes a group.</summary>
    public Task<Outcome<SessionGroup>> CreateGroup(CreateGroup group, CancellationToken cancel) => Post<SessionGroup>("/api/groups", group, cancel);

    /// <summary>Another name, icon or colour.</summary>
    public Task<Outcome<SessionGroup>> ChangeDetails(Id group, ChangeGroupDetails details, CancellationToken cancel) =>
        Put<SessionGroup>($"/api/groups/{group}/details", details, cancel);

    /// <summary>Archives a group, brings it back, or deletes it with everything in it.</summary>
    /// <param name="state">active, archived or deleted.</param>
    public Task<Outcome<SessionGroup>> ChangeState(Id group, string state, CancellationToken cancel) =>
        Post<SessionGroup>($"/api/groups/{group}/state", new ChangeGroupState(state), cancel);

    /// <summary>Gives a member a right, or another one.</summary>
    public Task<Outcome<Done>> Give(NewGrant grant, CancellationToken cancel) => Put<Done>($"/api/groups/{grant.Group}/grants/{grant.Member}", grant, cancel);

    /// <summary>Ends a member's right at once.</summary>
    public Task<Outcome<Done>> Take(Id group, Id member, CancellationToken cancel) =>
        transport.Json<Done>(HttpMethod.Delete, $"/api/groups/{group}/grants/{member}", null, Patience.Short, cancel);

    /// <summary>The group's next key.</summary>
    public Task<Outcome<SessionGroup>> Rotate(Id group, Rotation rotation, CancellationToken cancel) => Post<SessionGroup>($"/api/groups/{group}/rotate", rotation, cancel);

    /// <summary>A group's entries in the order of their last change, from a change on.</summary>
    public Task<Outcome<EntryPage>> Entries(Id group, long after, int limit, CancellationToken cancel) =>
        Get<EntryPage>(string.Create(CultureInfo.InvariantCulture, $"/api/groups/{group}/entries?after={after}&limit={limit}"), cancel);

    /// <summary>Changes entries, all of them or none. A save that is repeated after its answer was lost is <c>stale-revision</c>.</summary>
    public Task<Outcome<EntriesChanged>> Change(EntryChanges changes, CancellationToken cancel) => Post<EntriesChanged>("/api/entries", changes, cancel);

    /// <summary>Every revision of an entry.</summary>
    public Task<Outcome<EntryRevisions>> Revisions(Id entry, CancellationToken cancel) => Get<EntryRevisions>($"/api/entries/{entry}/revisions", cancel);

    /// <summary>Begins an attachment.</summary>
    public Task<Outcome<Done>> BeginAttachment(NewAttachment attachment, CancellationToken cancel) => Post<Done>("/api/attachments", attachment, cancel);

    /// <summary>Stores one encrypted chunk of an attachment.</summary>
    public Task<Outcome<Done>> PutAttachmentChunk(Id file, int chunk, byte[] bytes, CancellationToken cancel) =>
        transport.Bytes(HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"/api/attachments/{file}/{chunk}"), bytes, cancel);

    /// <summary>Up to 16 chunks, one after the other.</summary>
    public Task<Outcome<byte[]>> AttachmentChunks(Id file, int firstChunk, int chunks, CancellationToken cancel) =>
        transport.Fetch(string.Create(CultureInfo.InvariantCulture, $"/api/attachments/{file}?firstChunk={firstChunk}&chunks={chunks}"), cancel);

    private Task<Outcome<T>> Put<T>(string path, object body, CancellationToken cancel)
        where T : class =>
        transport.Json<T>(HttpMethod.Put, path, Bytes(body), Patience.Short, cancel);
}
