using System.Diagnostics.CodeAnalysis;

namespace Baton.Client.Api;

/// <summary>Where a server is: https, or plain http on this machine itself.</summary>
public sealed record ServerAddress
{
    private ServerAddress(Uri uri) => Uri = uri;

    /// <summary>Scheme, host and port.</summary>
    public Uri Uri { get; }

    /// <summary>As in links: no slash at the end.</summary>
    public string Origin => Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Reads an address; <c>baton.example</c> means https. False for plain http to another machine and for anything that is no origin.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ServerAddress? address)
    {
        var full = text is null || text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        address = System.Uri.TryCreate(full, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            ? new ServerAddress(uri)
            : null;
        return address is not null;
    }
}

/// <summary>A link as it was pasted: where and with which key.</summary>
public sealed record Link(ServerAddress Server, byte[] Key)
{
    /// <summary>Reads a link; says why where its code is cut or mistyped.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Link? link, out Protocol.Encoding.CodeFault fault)
    {
        link = null;
        fault = Protocol.Encoding.CodeFault.None;
        var parts = text.Trim().Split('#', 2);
        if (parts.Length != 2 || !parts[0].EndsWith("/h", StringComparison.Ordinal) || !ServerAddress.TryParse(parts[0][..^2], out var server))
        {
            return false;
        }

        if (Protocol.Encoding.Code.TryDecode(parts[1], Protocol.Encoding.CodeKind.Link, out var key, out fault))
        {
            link = new Link(server, key);
        }

        return link is not null;
    }
}
