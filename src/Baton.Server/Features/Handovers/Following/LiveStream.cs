using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;

namespace Baton.Server.Features.Handovers;

/// <summary>
/// Live updates as server-sent events, spec/api.md: each handover that changed, as its summary is now; groups whose entries changed; and that
/// the organization did. Ends with the session, and when the member's rights change.
/// </summary>
internal static class LiveStream
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);
    private static readonly JsonTypeInfo<HandoverSummary> SummaryType = WireJson.Of<HandoverSummary>();
    private static readonly JsonTypeInfo<GroupChanged> GroupType = WireJson.Of<GroupChanged>();

    public static async Task<IResult> Open(
        HttpContext context, CurrentMember member, HandoverStore store, LiveUpdates updates, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        using var listener = updates.Listen(member.Organization, member.Member);
        if (listener is null)
        {
            return Problems.TryLater(ProblemType.TooManyRequests, Quiet, "So many live updates of one member are open already.");
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, member.Ended, lifetime.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        try
        {
            using var timer = new PeriodicTimer(Quiet, clock);
            await Say(context, ":\n\n"u8, end.Token);
            var tick = timer.WaitForNextTickAsync(end.Token).AsTask();
            var more = listener.Updates.WaitToReadAsync(end.Token).AsTask();
            while (true)
            {
                if (await Task.WhenAny(more, tick) == tick)
                {
                    await tick;
                    await Say(context, ":\n\n"u8, end.Token);
                    tick = timer.WaitForNextTickAsync(end.Token).AsTask();
                    continue;
                }

                if (!await more)
                {
                    break;
                }

                await Tell(context, member, store, listener, end.Token);
                more = listener.Updates.WaitToReadAsync(end.Token).AsTask();
            }
        }
        catch (OperationCanceledException) when (member.Ended.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            // Its own rights or session changed: that is the last thing it hears here.
            await Say(context, Organization, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more, or the server stops.
        }

        return Results.Empty;
    }

    private static ReadOnlySpan<byte> Organization => "event: organization\ndata: {}\n\n"u8;

    /// <summary>What has gathered, each thing once. Who may hear it is decided by the rights that the session has now.</summary>
    private static async Task Tell(HttpContext context, CurrentMember member, HandoverStore store, LiveUpdates.Listener listener, CancellationToken end)
    {
        var handovers = new HashSet<long>();
        var groups = new Dictionary<Id, long>();
        var organization = false;
        while (handovers.Count < 64 && listener.Updates.TryRead(out var update))
        {
            if (update.Group is { } group)
            {
                groups[group] = Math.Max(groups.GetValueOrDefault(group), update.Change);
            }
            else if (update.Handover is null)
            {
                organization = true;
            }
            else if (handovers.Add(update.Handover.Value) && store.Find(member, update.Handover.Value) is { } summary)
            {
                await Write(context, "handover", summary, SummaryType, end);
            }
        }

        foreach (var (group, change) in groups.Where(changed => member.RightOn(changed.Key) >= Right.View))
        {
            await Write(context, "group", new GroupChanged(group, change), GroupType, end);
        }

        if (organization)
        {
            await Say(context, Organization, end);
        }

        await context.Response.Body.FlushAsync(end);
    }

    /// <summary>In one piece: an end in between would leave half an event.</summary>
    private static ValueTask Write<T>(HttpContext context, string name, T data, JsonTypeInfo<T> type, CancellationToken end)
    {
        byte[] text = [.. "event: "u8, .. System.Text.Encoding.UTF8.GetBytes(name), .. "\ndata: "u8, .. JsonSerializer.SerializeToUtf8Bytes(data, type), .. "\n\n"u8];
        return context.Response.Body.WriteAsync(text, end);
    }

    private static Task Say(HttpContext context, ReadOnlySpan<byte> text, CancellationToken end)
    {
        var bytes = text.ToArray();
        return Written();

        async Task Written()
        {
            await context.Response.Body.WriteAsync(bytes, end);
            await context.Response.Body.FlushAsync(end);
        }
    }
}
