using System.Net.Http.Json;
using System.Text.Json;
using Baton.Protocol.Wire;
using Xunit;

namespace Baton.Server.Tests;

/// <summary>The API as a client speaks it.</summary>
internal static class Json
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> Post<T>(this HttpClient client, string path, T body) => client.PostAsJsonAsync(path, body, WireJson.Shared, Cancel);

    public static Task<HttpResponseMessage> PostText(this HttpClient client, string path, string body) =>
        client.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancel);

    /// <summary>As text first: the stream of an answer can be read once only.</summary>
    public static async Task<T> Read<T>(this HttpResponseMessage answer) =>
        JsonSerializer.Deserialize<T>(await answer.Content.ReadAsStringAsync(Cancel), WireJson.Shared)!;

    /// <summary>The name of the problem answered, without its prefix; and it is a problem.</summary>
    public static async Task<string> Problem(this HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        var problem = await answer.Read<Problem>();
        Assert.Equal((int)answer.StatusCode, problem.Status);
        return problem.Type[Protocol.Wire.Problem.Prefix.Length..];
    }
}
