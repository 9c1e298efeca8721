using System.Globalization;
using System.Net.Sockets;
using Baton.Server.Storage;

namespace Baton.Server;

/// <summary>
/// One setting: <c>--name value</c> or <c>BATON_NAME=value</c>. The table of all of them is <see cref="BatonOptions.Settings"/>;
/// docs/operate.md repeats it and a test compares the two.
/// </summary>
/// <param name="Unit">What a value looks like: a path, an address, a duration, a count.</param>
/// <param name="Default">As it would be typed; empty: none.</param>
/// <param name="Set">Takes the value over; false when it is not a value of this setting.</param>
internal sealed record Setting(string Name, string Unit, string Default, string Meaning, Func<BatonOptions, string, bool> Set)
{
    public string Option => "--" + Name;

    public string Variable => "BATON_" + Name.ToUpperInvariant().Replace('-', '_');

    public static bool TryParseDuration(string text, TimeSpan least, TimeSpan most, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > int.MaxValue)
        {
            return false;
        }

        TimeSpan? parsed = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
        duration = parsed ?? default;
        return parsed >= least && parsed <= most;
    }

    public static bool TryParseCount(string text, long least, long most, out long count) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= least && count <= most;

    /// <summary>An http or https address that ends with a slash: no query, fragment or user.</summary>
    public static bool TryParseFolder(string text, out Uri? folder) =>
        Uri.TryCreate(text, UriKind.Absolute, out folder)
        && (folder.Scheme == Uri.UriSchemeHttp || folder.Scheme == Uri.UriSchemeHttps)
        && folder.AbsolutePath.EndsWith('/') && folder.Query.Length == 0 && folder.Fragment.Length == 0 && folder.UserInfo.Length == 0;

    /// <summary>Where a URL says to listen: a number, or this machine.</summary>
    public static System.Net.IPAddress AddressOf(Uri url) =>
        System.Net.IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? address : System.Net.IPAddress.Loopback;

    /// <summary>Bound and let go before anything is opened or changed; nobody could connect to it meanwhile.</summary>
    /// <exception cref="RefusedToStartException">The address can't be listened on.</exception>
    public static void ExpectFree(string option, Uri url)
    {
        var address = AddressOf(url);
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new System.Net.IPEndPoint(address, url.Port));
        }
        catch (SocketException failure)
        {
            throw new RefusedToStartException($"{option} {url.Authority} can't be listened on: {failure.Message}.", "Give another address or port, or end the program that listens there.");
        }
    }

    /// <summary>An http or https origin: no path, query, fragment or user.</summary>
    public static bool TryParseOrigin(string text, out Uri? origin) =>
        Uri.TryCreate(text, UriKind.Absolute, out origin)
        && (origin.Scheme == Uri.UriSchemeHttp || origin.Scheme == Uri.UriSchemeHttps)
        && origin.PathAndQuery == "/" && origin.Fragment.Length == 0 && origin.UserInfo.Length == 0;
}
