using System.Net;
using System.Text.Json;
using Baton.Protocol.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>Stands before a real server, passes everything on, and changes the one answer that a test names.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient server;
    private string liesAt = "";
    private Func<string, string> lie = static truth => truth;

    private HostileServer(WebApplication app, HttpClient server)
    {
        this.app = app;
        this.server = server;
    }

    /// <summary>http://127.0.0.1:PORT</summary>
    public string Origin => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<HostileServer> Before(Uri address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var hostile = new HostileServer(builder.Build(), new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address });
        hostile.app.Run(hostile.Answer);
        await hostile.app.StartAsync();
        return hostile;
    }

    /// <summary>Waited for before an answer of this path goes on its way: the server has done by then what it was asked.</summary>
    public Func<string, Task> Delay { get; set; } = _ => Task.CompletedTask;

    public void TellTheTruth() => liesAt = "";

    /// <summary>Changes every answer of this path.</summary>
    public void Lie<T>(string path, Func<T, T> change)
    {
        lie = truth => JsonSerializer.Serialize(change(JsonSerializer.Deserialize<T>(truth, WireJson.Shared)!), WireJson.Shared);
        liesAt = path;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        server.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString.ToString());
        request.Headers.Host = context.Request.Host.ToString();
        request.Headers.TryAddWithoutValidation("Cookie", (IEnumerable<string?>)context.Request.Headers.Cookie);
        if (context.Request.ContentType is { } type)
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            body.Position = 0;
            request.Content = new StreamContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var truth = await server.SendAsync(request, context.RequestAborted);
        await Delay(context.Request.Path.ToString()).WaitAsync(context.RequestAborted);
        context.Response.StatusCode = (int)truth.StatusCode;
        context.Response.ContentType = truth.Content.Headers.ContentType?.ToString();
        if (truth.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            context.Response.Headers.SetCookie = cookies.ToArray();
        }

        if (truth.StatusCode != HttpStatusCode.NoContent)
        {
            var text = await truth.Content.ReadAsStringAsync(context.RequestAborted);
            await context.Response.WriteAsync(truth.IsSuccessStatusCode && context.Request.Path == liesAt ? lie(text) : text, context.RequestAborted);
        }
    }
}
