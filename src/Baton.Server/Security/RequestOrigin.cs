using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;

namespace Baton.Server.Security;

/// <summary>
/// Where a request came from. Limiter, policy and ledger all ask here; what a proxy says has been believed or not before,
/// once, by <see cref="Believe"/>.
/// </summary>
internal static class RequestOrigin
{
    /// <summary>X-Forwarded-For and -Proto count only when the connection itself comes from a configured proxy, hop by hop.</summary>
    public static void Believe(IApplicationBuilder app, BatonOptions settings)
    {
        if (settings.TrustedProxies.Count == 0)
        {
            // The framework's middleware believes everyone when its lists are empty, so it is left out altogether.
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>As the ledger commits to it: an IPv4 address in IPv6's clothes is an IPv4 address.</summary>
    public static IPAddress Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.IPv6None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>What budgets are counted by: an IPv4 address, or the /64 that one IPv6 customer has.</summary>
    public static byte[] Key(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? bytes[..8] : bytes;
    }

    /// <summary>
    /// False when a browser says that another site's page sent this. Without either header it is no browser, and then it has
    /// no cookies that a site could abuse.
    /// </summary>
    public static bool IsSameSite(HttpContext context, BatonOptions settings)
    {
        var headers = context.Request.Headers;
        if (headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site == "same-origin";
        }

        var origin = headers.Origin;
        return origin.Count == 0
            || origin == context.Request.Scheme + "://" + context.Request.Host.Value
            || (settings.PublicUrl is { } url && origin == url.GetLeftPart(UriPartial.Authority));
    }
}
