using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Wire;
using Microsoft.Data.Sqlite;

namespace Baton.Benchmarks;

/// <summary>
/// What an entry, a checkpoint and a proof cost with a thousand and with a million entries in the log. Entries are written into the database
/// beside the running server, as its own writer does, and the sequencer takes them in.
/// </summary>
internal static class LedgerGrowth
{
    private const int Batch = 20_000;
    private const int Samples = 200;

    /// <summary>Measures at both sizes, then a whole check.</summary>
    public static async Task Measure(string program)
    {
        using var server = await ServerProcess.Run(program);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{server.Endpoint.Port}") };
        client.DefaultRequestHeaders.Add("Cookie", server.Cookie);
        foreach (var size in new[] { 1_000, 1_000_000 })
        {
            await GrowTo(server, client, size);
            var (cpu, time) = await Append(server, client);
            var head = (await client.GetFromJsonAsync<LedgerHead>("/api/ledger/head", WireJson.Shared))!.Logs[^1].Size;
            var proof = await Median(client, () => $"/api/ledger/inclusion?log=0&index={Next(head)}&size={head}");
            var consistency = await Median(client, () => $"/api/ledger/consistency?log=0&from={Next(head)}&to={head}");
            var checkpoint = await Checkpoint(server, client);
            Console.WriteLine(
                $"ledger of {size,9:N0}      append {cpu * 1000:0.0} µs of server CPU an entry ({Batch / time.TotalSeconds:N0} a second)   "
                + $"proof {proof:0.00} ms   consistency {consistency:0.00} ms   a new entry proven after {checkpoint:0.0} ms (medians of {Samples}, over HTTP)");
        }

        var watch = Stopwatch.StartNew();
        using var check = Process.Start(new ProcessStartInfo(program, ["ledger", "check", "--data", server.Data]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        Console.WriteLine($"  baton-server ledger check   {watch.Elapsed.TotalSeconds:0.0} s ({said.TrimEnd()})");
    }

    private static long Next(long below) => RandomNumberGenerator.GetInt32(1, (int)below);

    private static async Task GrowTo(ServerProcess server, HttpClient client, int size)
    {
        while (await client.GetFromJsonAsync<LedgerHead>("/api/ledger/head", WireJson.Shared) is { } head && head.Logs[^1].Size + head.Behind < size)
        {
            await Write(server, (int)Math.Min(50_000, size - head.Logs[^1].Size - head.Behind));
            await CaughtUp(client);
        }
    }

    /// <summary>Milliseconds of the server's CPU an entry, and the time until all are under a checkpoint.</summary>
    private static async Task<(double Cpu, TimeSpan Time)> Append(ServerProcess server, HttpClient client)
    {
        await Write(server, Batch);
        var (cpu, watch) = (server.CpuMilliseconds, Stopwatch.StartNew());
        await CaughtUp(client);
        return ((server.CpuMilliseconds - cpu) / Batch, watch.Elapsed);
    }

    private static async Task CaughtUp(HttpClient client)
    {
        while ((await client.GetFromJsonAsync<LedgerHead>("/api/ledger/head", WireJson.Shared))!.Behind > 0)
        {
            await Task.Delay(20);
        }
    }

    private static async Task<double> Median(HttpClient client, Func<string> path)
    {
        var times = new List<double>();
        for (var i = 0; i < Samples; i++)
        {
            var (asked, watch) = (path(), Stopwatch.StartNew());
            (await client.GetAsync(new Uri(asked, UriKind.Relative))).EnsureSuccessStatusCode();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(Samples / 2);
    }

    /// <summary>From a handover's creation to its proof under a signed checkpoint.</summary>
    private static async Task<double> Checkpoint(ServerProcess server, HttpClient client)
    {
        var times = new List<double>();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var connection = await RawHttp.Connect(server.Endpoint);
        for (var i = 0; i < Samples; i++)
        {
            var id = new Id(RandomNumberGenerator.GetBytes(Id.Size));
            var cycle = Cycle.Make(server, key.ExportSubjectPublicKeyInfo(), id);
            var watch = Stopwatch.StartNew();
            await connection.Send(cycle.Create);
            (await client.PostAsJsonAsync(new Uri("/api/evidence", UriKind.Relative), new EvidenceRequest([id]), WireJson.Shared)).EnsureSuccessStatusCode();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(Samples / 2);
    }

    private static async Task Write(ServerProcess server, int entries)
    {
        await using var main = new SqliteConnection($"Data Source={Path.Combine(server.Data, "baton.db")};Pooling=False");
        await main.OpenAsync();
        await using var wait = main.CreateCommand();
        wait.CommandText = "PRAGMA busy_timeout = 30000";
        await wait.ExecuteNonQueryAsync();
        await using var transaction = await main.BeginTransactionAsync();
        await using var insert = main.CreateCommand();
        insert.CommandText = "INSERT INTO ledger (organization, kind, time, bytes) VALUES (@organization, 'signed-in', 1, @bytes)";
        var bytes = insert.Parameters.Add("@bytes", SqliteType.Blob);
        insert.Parameters.AddWithValue("@organization", new byte[16]);
        for (var i = 0; i < entries; i++)
        {
            bytes.Value = Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"v":1,"kind":"signed-in","org":"AAAAAAAAAAAAAAAAAAAAAA","time":1,"actor":"member","member":"AAAAAAAAAAAAAAAAAAAAAA","nonce":"{{Base64Url.Encode(RandomNumberGenerator.GetBytes(16))}}","session":"AAAAAAAAAAAAAAAAAAAAAA"}"""));
            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }
}
