using System.Collections.Concurrent;
using Baton.Protocol;
using Baton.Server.Tests.Vault;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Host;

/// <summary>
/// Every endpoint × role × right × own or foreign organization, and who waits for approval or is suspended. The rows are compared with the
/// endpoint table of the running server, so that a new endpoint without a row fails.
/// </summary>
public sealed class RightsTests
{
    private static readonly string[] Settings = ["--handovers-per-hour", "0", "--handovers-per-hour-organization", "0", "--sign-in-failures-per-hour-address", "0"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_has_its_row()
    {
        await using var server = await BatonServer.Start();
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        var rows = RightsTable.ForAnyone.Concat(RightsTable.ForMembers.Keys.Select(name => name.Split('#')[0]).Distinct());
        Assert.Equal(rows.Order(StringComparer.Ordinal), endpoints.Select(name => name.TrimEnd('/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Signed_out_nobody_gets_what_is_the_members()
    {
        await using var server = await BatonServer.Start(Settings);
        using var client = server.Client();
        using var founder = await Colleague.In(server);
        using var scene = await RightsScene.Make(server, founder, new Caller(Role.Member, Right.Manage));
        foreach (var (name, row) in RightsTable.ForMembers)
        {
            using var answer = await client.SendAsync(await row.Ask(scene), Cancel);
            Assert.Equal(name + " sign-in-required", name + " " + await answer.Problem());
        }
    }

    [Fact]
    public async Task Each_member_gets_what_its_role_and_right_give_and_no_more()
    {
        await using var server = await BatonServer.Start(Settings);
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(RightsTable.ForMembers, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel }, async (named, _) =>
        {
            using var founder = await Colleague.In(server);
            foreach (var caller in Caller.All)
            {
                if (await Ask(server, founder, named.Value, caller) is { } fault)
                {
                    wrong.Add($"{named.Key} by {caller}: {fault}");
                }
            }
        });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    /// <summary>What is wrong with the answer, or null. Each asks on things of its own, for some calls destroy them.</summary>
    private static async Task<string?> Ask(BatonServer server, Colleague founder, RightsRow row, Caller caller)
    {
        using var scene = await RightsScene.Make(server, founder, caller);
        using var request = await row.Ask(scene);
        using var answer = await scene.Asking.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        var expected = caller.State switch
        {
            "suspended" => 401,
            "pending" when !row.AlsoWhilePending => 403,
            _ => row.Status(caller),
        };
        if ((int)answer.StatusCode != expected)
        {
            return $"{(int)answer.StatusCode} instead of {expected}: {(answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync(Cancel))}";
        }

        if (row.Sees is null || !answer.IsSuccessStatusCode)
        {
            return null;
        }

        var sees = (await answer.Content.ReadAsStringAsync(Cancel)).Contains(scene.Group.ToString(), StringComparison.Ordinal);
        return sees == row.Sees(caller) ? null : sees ? "sees the group" : "does not see the group";
    }
}
