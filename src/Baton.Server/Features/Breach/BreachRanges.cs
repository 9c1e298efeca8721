using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Server.Features.Breach;

/// <summary>
/// One of two places where this server speaks to another; time stamping authorities are asked in the other. It sends five hexadecimal digits of a password's SHA-1, in common to about a thousand
/// known passwords, and who asks stays unknown: no cookie, no address of the member. The answer is padded, so that its length tells
/// nothing on the way. https://haveibeenpwned.com/API/v3#PwnedPasswords
/// </summary>
internal sealed partial class BreachRanges : IDisposable
{
    private const int AnswerMost = 256 * 1024;

    private const int KeptMost = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly HttpClient client;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (string Lines, DateTimeOffset Until)> kept = new(StringComparer.Ordinal);

    public BreachRanges(BatonOptions settings, TimeProvider clock)
    {
        this.clock = clock;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = Patience,
            MaxConnectionsPerServer = 4,
            PooledConnectionLifetime = Fresh,
        };
        client = new HttpClient(handler) { BaseAddress = settings.BreachCheckUrl, Timeout = Patience, MaxResponseContentBufferSize = AnswerMost };
        client.DefaultRequestHeaders.Add("Add-Padding", "true");
        client.DefaultRequestHeaders.Add("User-Agent", "baton-server");
    }

    /// <summary>The lines of a range; null when nobody answers, or with anything else.</summary>
    /// <param name="prefix">Five hexadecimal digits, upper case.</param>
    /// <param name="stop">The member went away.</param>
    public async Task<string?> Find(string prefix, CancellationToken stop)
    {
        if (Kept(prefix) is { } known)
        {
            return known;
        }

        try
        {
            using var answer = await client.GetAsync(new Uri(prefix, UriKind.Relative), stop);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return null;
            }

            var lines = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(stop));
            return Lines().IsMatch(lines) ? Keep(prefix, lines) : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private string? Kept(string prefix)
    {
        lock (gate)
        {
            return kept.TryGetValue(prefix, out var there) && there.Until > clock.GetUtcNow() ? there.Lines : null;
        }
    }

    private string Keep(string prefix, string lines)
    {
        lock (gate)
        {
            if (kept.Count >= KeptMost)
            {
                kept.Clear();
            }

            kept[prefix] = (lines, clock.GetUtcNow() + Fresh);
        }

        return lines;
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex(@"^([0-9A-F]{35}:[0-9]{1,12}(\r?\n|$))*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Lines();
}
