using Baton.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Handovers;

/// <summary>What lies in the two stores of a running server.</summary>
internal static class Stored
{
    public static long Count(BatonServer server, string table) =>
        server.Services.GetRequiredService<Database>().Read(connection => (long)connection.Scalar($"SELECT count(*) FROM {table}")!);

    public static byte[]? Share(BatonServer server, TestHandover handover) => server.Services.GetRequiredService<Shares>().Find(handover.Id);
}
