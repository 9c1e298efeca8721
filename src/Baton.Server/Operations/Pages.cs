using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.Extensions.Primitives;

namespace Baton.Server.Operations;

/// <summary>
/// The built pages, held in memory as they were compressed at build time. pages.json names the documents with their
/// Content-Security-Policy; files under /assets/ have their hash in their name and never change.
/// </summary>
internal sealed class Pages
{
    /// <summary>Routes that the app draws itself; besides those that name a thing.</summary>
    private static readonly string[] AppRoutes =
    [
        "/", "/vault", "/vault/new", "/new", "/history", "/setup", "/recover",
        "/i", "/sign-up", "/organization", "/organization/groups", "/organization/policy",
        "/organization/audit", "/organization/ledger", "/organization/data", "/account",
    ];

    private readonly FrozenDictionary<string, StaticFile> files;

    public Pages(BatonOptions settings)
    {
        files = Load(new PageFiles(settings.Pages)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Serves what is there; lets everything else pass.</summary>
    public Task Serve(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/api/", StringComparison.Ordinal) || Find(path) is not { } file)
        {
            return next(context);
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return Problems.Of(ProblemType.MethodNotAllowed).ExecuteAsync(context);
        }

        return file.Answer(context);
    }

    private StaticFile? Find(string path)
    {
        if (files.TryGetValue(path, out var file))
        {
            return file;
        }

        // One handover's time line, a group, an entry: /history/ID, /vault/ID, /vault/ID/ID, /vault/ID/ID/edit.
        return path.Split('/') switch
        {
            ["", "history", var handover] when IsId(handover) => files.GetValueOrDefault("/history"),
            ["", "vault", var group] when IsId(group) => files.GetValueOrDefault("/vault"),
            ["", "vault", var group, var entry] when IsId(group) && IsId(entry) => files.GetValueOrDefault("/vault"),
            ["", "vault", var group, var entry, "edit"] when IsId(group) && IsId(entry) => files.GetValueOrDefault("/vault"),
            _ => null,
        };
    }

    private static bool IsId(string text) => Baton.Protocol.Id.TryParse(text, out _);

    private static Dictionary<string, StaticFile> Load(PageFiles built)
    {
        var loaded = new Dictionary<string, StaticFile>(StringComparer.Ordinal);
        if (built.Read("pages.json") is not { } list)
        {
            var missing = StaticFile.NotBuilt(built);
            foreach (var route in AppRoutes.Append("/h").Append("/verify"))
            {
                loaded[route] = missing;
            }

            return loaded;
        }

        using var pages = JsonDocument.Parse(list);
        var documents = new HashSet<string>(StringComparer.Ordinal) { "pages.json" };
        foreach (var page in pages.RootElement.EnumerateObject())
        {
            var name = page.Value.GetProperty("file").GetString()!;
            documents.Add(name);
            var document = StaticFile.Read(built, name, "no-cache", page.Value.GetProperty("csp").GetString());
            foreach (var route in page.Name == "/" ? AppRoutes : [page.Name, page.Name + "/"])
            {
                loaded[route] = document;
            }
        }

        foreach (var name in built.Names)
        {
            if (!documents.Contains(name) && Path.GetExtension(name) is not (".br" or ".gz"))
            {
                var immutable = name.StartsWith("assets/", StringComparison.Ordinal);
                loaded["/" + name] = StaticFile.Read(built, name, immutable ? "public, max-age=31536000, immutable" : "no-cache", contentSecurityPolicy: null);
            }
        }

        return loaded;
    }
}

/// <summary>One file in the encodings it was built in.</summary>
internal sealed class StaticFile
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".txt"] = "text/plain; charset=utf-8",
        [".webmanifest"] = "application/manifest+json",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string contentType;
    private readonly string cacheControl;
    private readonly string? contentSecurityPolicy;
    private readonly PageFiles built;
    private readonly string name;
    private readonly Variant plain;
    private readonly Variant? brotli;
    private readonly Variant? gzip;

    private StaticFile(PageFiles built, string name, string cacheControl, string? contentSecurityPolicy, byte[] plain)
    {
        (this.built, this.name, this.cacheControl, this.contentSecurityPolicy) = (built, name, cacheControl, contentSecurityPolicy);
        contentType = Types.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");
        var hash = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12));
        brotli = built.Read(name + ".br") is { } br ? new Variant("br", br, $"\"{hash}-br\"") : null;
        gzip = built.Read(name + ".gz") is { } gz ? new Variant("gzip", gz, $"\"{hash}-gz\"") : null;

        // Nearly nobody asks for a file uncompressed that is there compressed: it is read again then.
        this.plain = new Variant(null, brotli is null && gzip is null ? plain : null, $"\"{hash}\"");
    }

    /// <param name="Bytes">Null: to be read when it is asked for.</param>
    private sealed record Variant(string? Encoding, byte[]? Bytes, string Tag);

    public static StaticFile Read(PageFiles built, string name, string cacheControl, string? contentSecurityPolicy) =>
        new(built, name, cacheControl, contentSecurityPolicy, built.Read(name) ?? throw new FileNotFoundException("pages.json names a file that is not there.", name));

    public static StaticFile NotBuilt(PageFiles built) => new(
        built, "missing.txt", "no-cache", null,
        System.Text.Encoding.UTF8.GetBytes($"The pages are not built: {built.Place} has no pages.json. Run `make web`, then build and start the server again.\n"));

    public Task Answer(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var variant = Choose(request.Headers.AcceptEncoding);
        if (contentSecurityPolicy is not null)
        {
            ResponseHeaders.SetForPage(context, contentSecurityPolicy);
        }

        response.Headers.CacheControl = cacheControl;
        response.Headers.ETag = variant.Tag;
        response.Headers.Vary = "Accept-Encoding";
        if (request.Headers.IfNoneMatch.Any(tags => tags is not null && tags.Contains(variant.Tag, StringComparison.Ordinal)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var bytes = variant.Bytes ?? built.Read(name)!;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (variant.Encoding is not null)
        {
            response.Headers.ContentEncoding = variant.Encoding;
        }

        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes).AsTask();
    }

    private Variant Choose(StringValues accepted) =>
        brotli is not null && Accepts(accepted, "br") ? brotli : gzip is not null && Accepts(accepted, "gzip") ? gzip : plain;

    private static bool Accepts(StringValues accepted, string encoding)
    {
        foreach (var part in accepted.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)))
        {
            var quality = part.IndexOf(';', StringComparison.Ordinal);
            var name = quality < 0 ? part : part[..quality].TrimEnd();
            if (name.Equals(encoding, StringComparison.OrdinalIgnoreCase))
            {
                var q = quality < 0 ? "" : part[(quality + 1)..].Replace(" ", "", StringComparison.Ordinal);
                return q is not ("q=0" or "q=0.0" or "q=0.00" or "q=0.000");
            }
        }

        return false;
    }
}
