using System.Net;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Tests.Handovers;

namespace Baton.Server.Tests.Vault;

/// <summary>Files: their uploader's until an entry refers to them, then whoever's who may read such an entry.</summary>
public sealed class AttachmentTests : VaultTests
{
    private Id group;

    private protected override string[] Settings => ["--file-bytes", "200000"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        group = await Admin.Group((Anna, Right.Edit), (Piotr, Right.View), (Owner, Right.Manage));
    }

    [Fact]
    public async Task A_file_is_read_by_who_may_view_an_entry_that_refers_to_it()
    {
        var (file, bytes) = await Anna.Upload(group);
        await Colleague.Refused("not-found", Anna.Get($"/api/attachments/{file}"));
        var entry = await Anna.Entry(group, files: file);

        using (var answer = await Piotr.Get($"/api/attachments/{file}?firstChunk=0&chunks=2"))
        {
            Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Cancel));
        }

        using (var last = await Piotr.Get($"/api/attachments/{file}?firstChunk=1"))
        {
            Assert.Equal(bytes[65_552..], await last.Content.ReadAsByteArrayAsync(Cancel));
        }

        await Colleague.Refused("not-found", Piotr.Get($"/api/attachments/{file}?firstChunk=1&chunks=2"));
        await Colleague.Refused("invalid-request", Piotr.Get($"/api/attachments/{file}?chunks=17"));
        await Colleague.Refused("invalid-request", Piotr.Get($"/api/attachments/{file}?firstChunk=-1"));
        using var auditor = await Colleague.In(Server, Role.Auditor, Owner.Organization);
        await Colleague.Expect(HttpStatusCode.NoContent, Admin.Give(group, auditor, Right.History));
        await Colleague.Refused("not-found", auditor.Get($"/api/attachments/{file}"));
        using var stranger = await Colleague.In(Server);
        await Colleague.Refused("not-found", stranger.Get($"/api/attachments/{file}"));

        // Every kept revision refers to its own files: an older one still needs it.
        await Anna.Changed(Colleague.Save(group, entry, from: 1));
        await Colleague.Expect(HttpStatusCode.OK, Piotr.Get($"/api/attachments/{file}"));
    }

    [Fact]
    public async Task Nobody_refers_to_a_file_it_may_not_read_or_that_is_not_complete()
    {
        var (drafted, bytes) = await Anna.Upload(group);
        await Colleague.Refused("invalid-request", Owner.Change(Colleague.Save(group, BatonServer.NewId(), files: drafted)));
        await Anna.Entry(Anna.Own, files: drafted);
        await Colleague.Refused("invalid-request", Owner.Change(Colleague.Save(group, BatonServer.NewId(), files: drafted)));

        var half = BatonServer.NewId();
        await Colleague.Expect(HttpStatusCode.NoContent, Anna.Post("/api/attachments", new NewAttachment(half, group, bytes.Length)));
        await Colleague.Expect(HttpStatusCode.NoContent, Anna.PutChunk(half, 1, bytes[65_552..]));
        await Colleague.Refused("invalid-request", Anna.Change(Colleague.Save(group, BatonServer.NewId(), files: half)));
        await Colleague.Expect(HttpStatusCode.NoContent, Anna.PutChunk(half, 0, bytes[..65_552]));
        var entry = await Anna.Entry(group, files: half);

        // A move takes it along: who may read it may refer to it from where it may write.
        var other = await Owner.Group();
        await Owner.Changed(Colleague.Save(other, BatonServer.NewId(), files: half), new EntryChange("bin", group, entry, 1), new EntryChange("purge", group, await Owner.Entry(group), 1));
        await Owner.Changed(new EntryChange("purge", group, entry, 1));
        await Colleague.Expect(HttpStatusCode.OK, Owner.Get($"/api/attachments/{half}"));
        await Colleague.Refused("not-found", Piotr.Get($"/api/attachments/{half}"));
    }

    [Fact]
    public async Task Chunks_have_their_place_and_size_and_are_their_uploaders()
    {
        var file = BatonServer.NewId();
        var announced = new NewAttachment(file, group, 65_552 + 100);
        await Colleague.Refused("forbidden", Piotr.Post("/api/attachments", announced));
        await Colleague.Refused("invalid-request", Anna.Post("/api/attachments", announced with { Size = 65_552 + 16 }));
        await Colleague.Refused("invalid-request", Anna.Post("/api/attachments", announced with { Size = -1 }));
        Assert.Equal(200_000, (await Colleague.Refused("too-large", Anna.Post("/api/attachments", announced with { Size = 200_001 + (4 * 16) }))).Limit);
        await Colleague.Expect(HttpStatusCode.NoContent, Anna.Post("/api/attachments", announced));
        await Colleague.Expect(HttpStatusCode.NoContent, Anna.Post("/api/attachments", announced));
        await Colleague.Refused("conflict", Anna.Post("/api/attachments", announced with { Size = 100 }));
        await Colleague.Refused("conflict", Owner.Post("/api/attachments", announced));

        var bytes = Colleague.Bytes(100);
        await Colleague.Refused("not-found", Owner.PutChunk(file, 1, bytes));
        await Colleague.Refused("not-found", Anna.PutChunk(file, 2, bytes));
        await Colleague.Refused("invalid-request", Anna.PutChunk(file, 0, bytes));
        await Colleague.Refused("too-large", Anna.PutChunk(file, 0, Colleague.Bytes(65_553)));
        await Colleague.Expect(HttpStatusCode.NoContent, Anna.PutChunk(file, 1, bytes));
        await Colleague.Expect(HttpStatusCode.NoContent, Anna.PutChunk(file, 1, bytes));
        await Colleague.Refused("conflict", Anna.PutChunk(file, 1, Colleague.Bytes(100)));
        await Colleague.Refused("unsupported-media-type", Anna.Put($"/api/attachments/{file}/0", announced));
    }

    [Fact]
    public async Task A_file_that_no_entry_came_to_refer_to_is_destroyed_after_a_day()
    {
        var (file, bytes) = await Anna.Upload(group);
        var (kept, _) = await Anna.Upload(group);
        await Anna.Entry(group, files: kept);
        Assert.True(Server.Store.Holds(bytes[..64]), "The search sees nothing.");
        Server.Clock.Advance(TimeSpan.FromHours(23));
        await Anna.Entry(group);
        Assert.Equal(2, Stored.Count(Server, "attachments"));

        Server.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(1));

        await Eventually.Holds(() => Stored.Count(Server, "attachments") == 1 && Stored.Count(Server, "attachment_chunks") == 2);
        await Eventually.Holds(() => !Server.Store.Holds(bytes[..64]) && !Server.Store.Holds(bytes[^64..]));
        await Colleague.Refused("invalid-request", Anna.Change(Colleague.Save(group, BatonServer.NewId(), files: file)));
        await Colleague.Expect(HttpStatusCode.OK, Anna.Get($"/api/attachments/{kept}"));
    }
}
