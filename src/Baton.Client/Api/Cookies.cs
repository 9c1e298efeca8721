namespace Baton.Client.Api;

/// <summary>The few cookies of one server, kept by hand: name and value, nothing else of them matters to a client of one origin.</summary>
public sealed class Cookies
{
    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>What to keep for the next run: a secret.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Cookies kept from another run.</summary>
    public static Cookies From(IReadOnlyDictionary<string, string> kept)
    {
        var cookies = new Cookies();
        foreach (var (name, value) in kept)
        {
            cookies.values[name] = value;
        }

        return cookies;
    }

    internal string Header => string.Join("; ", values.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    internal void Take(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            return;
        }

        foreach (var cookie in set)
        {
            var pair = cookie.Split(';', 2)[0].Split('=', 2);
            if (pair is [var name, { Length: > 0 } value])
            {
                values[name.Trim()] = value.Trim();
            }
            else
            {
                // A server deletes a cookie by emptying it.
                values.Remove(pair[0].Trim());
            }
        }
    }
}
