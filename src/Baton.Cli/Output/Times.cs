using System.Globalization;

namespace Baton.Cli.Output;

/// <summary>Times as a person at this machine reads them.</summary>
internal static class Times
{
    public static string Local(long unixMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
