using Xunit;

namespace Baton.Server.Tests.Handovers;

/// <summary>The stream of live updates, event by event.</summary>
internal sealed class LiveEvents : IDisposable
{
    private readonly HttpResponseMessage answer;
    private readonly StreamReader reader;

    private LiveEvents(HttpResponseMessage answer, StreamReader reader) => (this.answer, this.reader) = (answer, reader);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<LiveEvents> Open(HttpClient client)
    {
        var answer = await client.GetAsync(new Uri("/api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.ToString());
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        Assert.Equal(":", await reader.ReadLineAsync(Cancel));
        Assert.Equal("", await reader.ReadLineAsync(Cancel));
        return new LiveEvents(answer, reader);
    }

    /// <summary>The next event; null at the stream's end. What is said to keep it open is passed over.</summary>
    public async Task<(string Name, string Data)?> Next()
    {
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                return (line["event: ".Length..], (await reader.ReadLineAsync(Cancel))!["data: ".Length..]);
            }
        }

        return null;
    }

    public void Dispose()
    {
        reader.Dispose();
        answer.Dispose();
    }
}
