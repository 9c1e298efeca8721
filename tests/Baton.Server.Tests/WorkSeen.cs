using System.Diagnostics;
using System.Threading.Channels;
using Baton.Server.Storage;

namespace Baton.Server.Tests;

/// <summary>
/// What one request made a watched server do, step by step: each statement asked, each key compared, each durable write begun. It tells
/// what a stopwatch would tell, and a busy machine changes nothing about it. For tests that run alone: it hears the whole process.
/// </summary>
internal sealed class WorkSeen : IDisposable
{
    private readonly Channel<Activity> requests = Channel.CreateUnbounded<Activity>();
    private readonly List<Activity> inside = [];
    private readonly ActivityListener listener;

    public WorkSeen()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source == Tracing.Source,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The steps of the one request that a call is, and its answer thrown away.</summary>
    public async Task<string> Of(Task<HttpResponseMessage> call)
    {
        (await call).Dispose();
        var request = await requests.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.False(requests.Reader.TryRead(out _), "More than one request: whose steps are these?");
        lock (inside)
        {
            var steps = inside.Where(span => span.TraceId == request.TraceId).Select(span => (At: span.StartTimeUtc, Step: span.OperationName))
                .Concat(request.Events.Select(step => (At: step.Timestamp.UtcDateTime, Step: (string?)step.Tags.FirstOrDefault().Value ?? step.Name)));
            return string.Join('\n', steps.OrderBy(step => step.At).Select(step => step.Step));
        }
    }

    public void Dispose() => listener.Dispose();

    private void Stopped(Activity span)
    {
        if (span.Kind == ActivityKind.Server)
        {
            Assert.True(requests.Writer.TryWrite(span));
            return;
        }

        lock (inside)
        {
            inside.Add(span);
        }
    }
}
