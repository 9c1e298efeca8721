using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Stamps;

/// <summary>An authority of openssl behind HTTP, as RFC 3161 §3.4 has it. A test may have it answer otherwise.</summary>
internal sealed class AuthorityListener : IAsyncDisposable
{
    private readonly WebApplication listener;

    private AuthorityListener(OpenSslAuthority authority)
    {
        Authority = authority;
        Answer = request => (200, authority.Reply(request));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        listener = builder.Build();
        listener.Run(Take);
    }

    public OpenSslAuthority Authority { get; }

    /// <summary>Status and body for the body of a request.</summary>
    public Func<byte[], (int Status, byte[] Reply)> Answer { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>What it was asked last: method and headers, line by line.</summary>
    public string LastRequest { get; private set; } = "";

    public string Url => listener.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/tsa";

    public static async Task<AuthorityListener> Start(OpenSslAuthority? authority = null)
    {
        var made = new AuthorityListener(authority ?? new OpenSslAuthority());
        await made.listener.StartAsync();
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        Authority.Dispose();
    }

    private async Task Take(HttpContext context)
    {
        LastRequest = string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}").Prepend($"{context.Request.Method} {context.Request.Path}"));
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var (status, reply) = Answer(body.ToArray());
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/timestamp-reply";
        // Before the answer: whoever has it has asked.
        Asked++;
        await context.Response.Body.WriteAsync(reply);
    }
}
