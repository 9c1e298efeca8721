using System.Text;
using Baton.Protocol.Wire;

namespace Baton.Server.Security;

/// <summary>
/// Plain http is answered for this machine only: elsewhere browsers have no WebCrypto, and whoever carries the bytes could change the
/// page. A person gets the public address (a browser keeps the link's fragment through the redirect) or an explanation, a program a problem.
/// It also ends DNS rebinding: a page of another name can't talk to a server on this machine.
/// </summary>
internal sealed class SecureTransport(RequestDelegate next, BatonOptions settings)
{
    private static readonly byte[] Explanation = Encoding.UTF8.GetBytes(
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>This address is not safe</title>
        <h1>This address is not safe</h1>
        <p>The page was asked for over plain http. Nothing has been opened or lost: your link still works once it is opened over https.
        <p>Ask whoever runs this server for its https address. They will find the ways to set it up in the manual under “Where it listens”.
        </html>
        """);

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps || BatonOptions.IsThisMachine(context.Request.Host.Host) || context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal))
        {
            return next(context);
        }

        return context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? Problems.Of(ProblemType.TlsRequired).ExecuteAsync(context) : Explain(context);
    }

    private Task Explain(HttpContext context)
    {
        // Behind a proxy that speaks https and only forgets to say so, a redirect would run in circles. One that did say "http"
        // was believed, and the framework kept the original beside it.
        var (request, response) = (context.Request, context.Response);
        if (settings.PublicUrl is { Scheme: "https" } url
            && (!request.Host.Host.Equals(url.Host, StringComparison.OrdinalIgnoreCase) || request.Headers.ContainsKey("X-Original-Proto")))
        {
            response.StatusCode = StatusCodes.Status308PermanentRedirect;
            response.Headers.Location = url.GetLeftPart(UriPartial.Authority) + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
            return Task.CompletedTask;
        }

        response.StatusCode = StatusCodes.Status403Forbidden;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = Explanation.Length;
        return response.Body.WriteAsync(Explanation).AsTask();
    }
}
