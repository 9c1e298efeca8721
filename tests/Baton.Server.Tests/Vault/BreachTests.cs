using System.Net;
using Baton.Protocol.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Vault;

/// <summary>What leaves the server when a member asks about a password, and what comes back: against a stand-in on this machine.</summary>
public sealed class BreachTests : IAsyncLifetime
{
    private static readonly string Line = new string('A', 35) + ":42\r\n" + new string('B', 35) + ":0";

    private readonly List<string> asked = [];
    private WebApplication ranges = null!;
    private Func<HttpContext, Task> answer = context => context.Response.WriteAsync(Line);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        ranges = builder.Build();
        ranges.Run(context =>
        {
            asked.Add(string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}").Prepend($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}")));
            return answer(context);
        });
        await ranges.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync() => await ranges.DisposeAsync();

    [Fact]
    public async Task It_is_off_unless_the_operator_turns_it_on()
    {
        await using var server = await BatonServer.Start("--breach-check-url", Url);
        using var anna = await Colleague.In(server);
        await Colleague.Refused("not-found", anna.Get("/api/breach/21BD1"));
        using var instance = await anna.Get("/api/instance");
        Assert.False((await instance.Read<Instance>()).BreachCheck);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task Five_digits_leave_the_server_and_nothing_about_who_asks()
    {
        await using var server = await Start();
        using var anna = await Colleague.In(server);
        anna.Client.DefaultRequestHeaders.Add("User-Agent", "Anna's browser");
        anna.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "10.1.2.3");
        using (var known = await anna.Get("/api/breach/21bd1"))
        {
            Assert.Equal("text/plain", known.Content.Headers.ContentType!.MediaType);
            Assert.Equal(Line, await known.Content.ReadAsStringAsync(Cancel));
        }

        Assert.StartsWith("GET /range/21BD1\n", asked.Single(), StringComparison.Ordinal);
        var headers = asked.Single().Split('\n').Skip(1).Where(header => !header.StartsWith("Host: ", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(["Add-Padding: true", "User-Agent: baton-server"], headers);
        using var instance = await anna.Get("/api/instance");
        Assert.True((await instance.Read<Instance>()).BreachCheck);
    }

    [Theory]
    [InlineData("21BD")]
    [InlineData("21BD10")]
    [InlineData("21BDG")]
    [InlineData("..%2F..")]
    [InlineData("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8")]
    public async Task Anything_but_five_digits_is_asked_of_nobody(string prefix)
    {
        await using var server = await Start();
        using var anna = await Colleague.In(server);
        await Colleague.Refused("not-found", anna.Get("/api/breach/" + prefix));
        Assert.Empty(asked);
    }

    [Fact]
    public async Task A_range_is_kept_for_ten_minutes()
    {
        await using var server = await Start();
        using var anna = await Colleague.In(server);
        await Colleague.Expect(HttpStatusCode.OK, anna.Get("/api/breach/21BD1"));
        await Colleague.Expect(HttpStatusCode.OK, anna.Get("/api/breach/21bd1"));
        Assert.Single(asked);
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        await Colleague.Expect(HttpStatusCode.OK, anna.Get("/api/breach/21BD1"));
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task An_answer_that_is_none_is_not_passed_on_and_no_redirect_is_followed()
    {
        await using var server = await Start();
        using var anna = await Colleague.In(server);
        foreach (var wrong in new Func<HttpContext, Task>[]
        {
            context => context.Response.WriteAsync("<html>"),
            context => context.Response.WriteAsync(Line.Replace(":", ";", StringComparison.Ordinal)),
            context => context.Response.WriteAsync(string.Concat(Enumerable.Repeat(new string('A', 35) + ":1\r\n", 8_000))),
            context => Status(context, 500),
            context =>
            {
                context.Response.Redirect("/range/00000");
                return Task.CompletedTask;
            },
        })
        {
            answer = wrong;
            var before = asked.Count;
            await Colleague.Refused("not-ready", anna.Get("/api/breach/21BD1"));
            Assert.Equal(before + 1, asked.Count);
        }

        await ranges.StopAsync(Cancel);
        await Colleague.Refused("not-ready", anna.Get("/api/breach/21BD1"));

        static Task Status(HttpContext context, int status)
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }
    }

    private string Url => ranges.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/range/";

    private Task<BatonServer> Start() => BatonServer.Start("--breach-check", "on", "--breach-check-url", Url);
}
