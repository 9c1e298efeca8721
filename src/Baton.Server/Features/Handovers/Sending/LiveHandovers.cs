using System.Text.Json;
using Baton.Protocol.Wire;
using Baton.Server.Features.History;
using Baton.Server.Security;

namespace Baton.Server.Features.Handovers;

/// <summary>Live updates as server-sent events: each handover that changed, as its summary is now. Ends with the session.</summary>
internal static class LiveHandovers
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    public static async Task<IResult> Stream(
        HttpContext context, CurrentMember member, HandoverStore store, LiveUpdates updates, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, member.Ended, lifetime.ApplicationStopping);
        using var listener = updates.Listen(member.Organization);
        context.Response.ContentType = "text/event-stream";
        try
        {
            await Say(context, ":\n\n"u8.ToArray(), end.Token);
            using var timer = new PeriodicTimer(Quiet, clock);
            var tick = timer.WaitForNextTickAsync(end.Token).AsTask();
            var more = listener.Changes.WaitToReadAsync(end.Token).AsTask();
            while (true)
            {
                if (await Task.WhenAny(more, tick) == tick)
                {
                    await tick;
                    await Say(context, ":\n\n"u8.ToArray(), end.Token);
                    tick = timer.WaitForNextTickAsync(end.Token).AsTask();
                    continue;
                }

                if (!await more)
                {
                    break;
                }

                await Tell(context, member, store, listener, end.Token);
                more = listener.Changes.WaitToReadAsync(end.Token).AsTask();
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more, or nobody may.
        }

        return Results.Empty;
    }

    private static async Task Tell(HttpContext context, CurrentMember member, HandoverStore store, LiveUpdates.Listener listener, CancellationToken end)
    {
        var changed = new HashSet<long>();
        while (changed.Count < 64 && listener.Changes.TryRead(out var number))
        {
            if (changed.Add(number) && store.Find(member, number) is { } summary)
            {
                await context.Response.Body.WriteAsync("event: handover\ndata: "u8.ToArray(), end);
                await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(summary, WireJson.Shared), end);
                await context.Response.Body.WriteAsync("\n\n"u8.ToArray(), end);
            }
        }

        await context.Response.Body.FlushAsync(end);
    }

    private static async Task Say(HttpContext context, byte[] text, CancellationToken end)
    {
        await context.Response.Body.WriteAsync(text, end);
        await context.Response.Body.FlushAsync(end);
    }
}
