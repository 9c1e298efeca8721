using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Baton.Server.Tests.Nodes;

/// <summary>A real nginx with the configuration that is shipped: other addresses, no certificate, and its files in a folder of its own.</summary>
internal sealed partial class Nginx : IAsyncDisposable
{
    private static readonly string[] Temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("baton-nginx-");
    private readonly Process process;
    private readonly int port = Ports.Free();

    private Nginx(Uri[] nodes)
    {
        var text = Repository.Read("deploy/nginx.conf");
        var next = 0;
        text = Upstream().Replace(text, _ => $"server 127.0.0.1:{nodes[next++].Port} ");
        Assert.Equal(nodes.Length, next);
        text = RedirectServer().Replace(text, "");
        text = Listening().Replace(text, "");
        text = text.Replace("server_name baton.example;", $"server_name localhost; listen 127.0.0.1:{port};", StringComparison.Ordinal)
            .Replace("http {", $"http {{ {string.Concat(Temporary.Select(kind => $"{kind}_temp_path {folder.FullName}/{kind}; "))}", StringComparison.Ordinal);
        var file = Path.Combine(folder.FullName, "nginx.conf");
        File.WriteAllText(file, text);
        process = Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-p", folder.FullName, "-c", file, "-g", $"daemon off; pid {folder.FullName}/pid; error_log {folder.FullName}/error.log;"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
    }

    public Uri Address => new($"http://127.0.0.1:{port}");

    public static async Task<Nginx> Before(params Uri[] nodes)
    {
        var nginx = new Nginx(nodes);
        await Eventually.Holds(() => nginx.Listens());
        return nginx;
    }

    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private bool Listens()
    {
        Assert.False(process.HasExited, "nginx does not start.");
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"server 127\.0\.0\.1:\d+ ")]
    private static partial Regex Upstream();

    /// <summary>The one that sends from http to https.</summary>
    [GeneratedRegex(@"    server \{\s+listen 80;.*?\n    \}\n", RegexOptions.Singleline)]
    private static partial Regex RedirectServer();

    [GeneratedRegex(@"^ +(?:listen|ssl_\w+) .*\n", RegexOptions.Multiline)]
    private static partial Regex Listening();
}
