using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Operations;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Baton.Server.Tests.Host;

/// <summary>What is written about the API is what it does.</summary>
public sealed class ContractTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_table_of_problems_is_that_of_the_spec()
    {
        var written = Repository.TableRows("spec/api.md").Where(row => row.Length >= 3 && row[1].Length == 3 && int.TryParse(row[1], out _))
            .Select(row => (row[0], int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(written, ProblemType.All.Select(type => (type.Name, type.Status)));
    }

    [Fact]
    public async Task The_document_made_from_the_endpoints_is_the_snapshot_that_is_served()
    {
        using var store = Store.New();
        string made;
        await using (var app = BatonHost.Create([.. store.Settings, "--listen", "http://127.0.0.1:0"], new ManualClock(), toDescribe: true))
        {
            await app.StartAsync(Cancel);
            made = await ApiDocument.Make(app.Services);
            await app.StopAsync(Cancel);
        }

        var path = Path.Combine(Repository.Root, "spec", "openapi.json");
        if (Environment.GetEnvironmentVariable("REFRESH_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(path, made, Cancel);
        }

        Assert.True(made == await File.ReadAllTextAsync(path, Cancel), "The API changed. When that is meant: make openapi, and read the difference.");
        await using var server = await BatonServer.Start();
        using var client = server.Client();
        Assert.Equal(made, await client.GetStringAsync("/openapi.json", Cancel));
        Assert.Equal("3.1.1", JsonElement.Parse(made).GetProperty("openapi").GetString());
    }

    [Fact]
    public async Task Both_converters_and_the_refusal_of_unknown_members_hold_in_http()
    {
        await using var server = await BatonServer.Start();
        var options = server.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var id = BatonServer.NewId();
        Assert.Equal($"{{\"member\":\"{id}\",\"recoveryBlob\":\"-_8\"}}", JsonSerializer.Serialize(new RecoveryOpened(id, [0xFB, 0xFF]), options));
        Assert.Equal(id, JsonSerializer.Deserialize<RecoveryOpened>($"{{\"member\":\"{id}\",\"recoveryBlob\":\"-_8\"}}", options)!.Member);
        foreach (var wrong in new[]
        {
            $$"""{"member":"{{id}}","recoveryBlob":"-_8","more":1}""", $$"""{"member":"{{id}}","recoveryBlob":"+/8"}""", $$"""{"member":"{{id}}","recoveryBlob":"-_9"}""",
            $$"""{"member":"{{id}}="," recoveryBlob":"-_8"}""", $$"""{"member":"{{id}}"}""", $$"""{"Member":"{{id}}","recoveryBlob":"-_8"}""",
            $$"""{"member":"{{id}}","recoveryBlob":null}""", $$"""{"member":"{{id}}","recoveryBlob":"-_8","recoveryBlob":"-_8"}""",
        })
        {
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RecoveryOpened>(wrong, options));
        }
    }

    [Fact]
    public void Roles_and_rights_have_the_numbers_and_words_of_the_spec()
    {
        var keys = Repository.Read("spec/keys.md");
        Assert.Contains("role               " + string.Join(", ", Enum.GetValues<Role>().Select(role => $"{(int)role} {role.Word()}")), keys, StringComparison.Ordinal);
        Assert.Contains(
            "right              " + string.Join(", ", Enum.GetValues<Right>().Where(right => right != Right.None).Select(right => $"{(int)right} {right.Word()}")),
            keys, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_outside_the_groups_keeps_the_server_from_starting()
    {
        using var store = Store.New();
        await using var app = BatonHost.Create(store.Settings, new ManualClock());
        ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.Add(
            new Microsoft.AspNetCore.Routing.DefaultEndpointDataSource(new Microsoft.AspNetCore.Http.Endpoint(null, null, "forgotten")));
        var failure = Assert.Throws<InvalidOperationException>(() => app.CheckThatAllHaveAccess());
        Assert.Equal("forgotten says nothing about who may call it.", failure.Message);
    }
}
