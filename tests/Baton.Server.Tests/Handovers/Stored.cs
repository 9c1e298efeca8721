using Baton.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Handovers;

/// <summary>What lies in the two stores of a running server.</summary>
internal static class Stored
{
    public static long Count(BatonServer server, string table) =>
        server.Services.GetRequiredService<Database>().Read(connection => (long)connection.Scalar($"SELECT count(*) FROM {table}")!);

    public static byte[]? Share(BatonServer server, TestHandover handover) => server.Services.GetRequiredService<Shares>().Find(handover.Id);

    /// <summary>Whether these bytes stand anywhere in any file of the data directory. The lock file alone, always empty, can't be read.</summary>
    public static bool Holds(string data, byte[] bytes) =>
        Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Any(file => Path.GetFileName(file) != "lock" && Contains(file, bytes));

    private static bool Contains(string file, byte[] bytes)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[stream.Length];
        var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return content.AsSpan(0, length).IndexOf(bytes) >= 0;
    }
}
