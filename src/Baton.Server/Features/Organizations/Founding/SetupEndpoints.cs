using Baton.Protocol.Wire;
using Baton.Server.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Baton.Server.Features.Organizations;

/// <summary>What this installation is, its beginning, and further organizations where sign-up is open. spec/api.md.</summary>
internal static class SetupEndpoints
{
    public static void MapSetup(this IEndpointRouteBuilder app)
    {
        var group = app.MapAnyoneGroup("/api");
        group.MapGet("/instance", Describe);
        group.MapPost("/setup", SetUp);
        group.MapPost("/sign-up", SignUp);
    }

    private static Ok<Instance> Describe(HttpContext context, BatonOptions settings, SetupCode code, LedgerKey ledger, InstanceLimits instance)
    {
        var origin = settings.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{context.Request.Scheme}://{context.Request.Host}";
        return TypedResults.Ok(new Instance(
            BatonHost.Version, origin, code.IsSetUp, settings.SignUpOpen ? "open" : "closed", settings.BreachCheck, ledger.VerifyingKey, instance));
    }

    private static async Task<Results<Created<Session>, ProblemResult>> SetUp(
        Registration request, HttpContext context, SetupCode code, OrganizationStore store, RateLimits limits, OpenSession open, ServerKey key)
    {
        if (await limits.Secret(context) is { } later)
        {
            return later;
        }

        if (request.Code is null || !code.Matches(request.Code))
        {
            return Problems.Of(ProblemType.WrongSetupCode);
        }

        limits.GiveBackSecret(context);
        if (RegistrationRules.Fault(request, key, out var organization) is { } fault)
        {
            return fault;
        }

        if (await store.FoundFirst(organization!) != Founded.Made)
        {
            return Problems.Of(ProblemType.WrongSetupCode);
        }

        return TypedResults.Created("/api/session", await open(context, request.Member.Id));
    }

    /// <summary>
    /// Counts like a wrong password of its address, also when it succeeds: nobody tries out here who has an account, or makes
    /// organizations without end.
    /// </summary>
    private static async Task<Results<Created<Session>, ProblemResult>> SignUp(
        Registration request, HttpContext context, SetupCode code, BatonOptions settings, OrganizationStore store, RateLimits limits, OpenSession open, ServerKey key)
    {
        // Before set-up there is nobody yet whose server it is.
        if (!settings.SignUpOpen || !code.IsSetUp)
        {
            return Problems.Of(ProblemType.Forbidden, "Sign-up is closed here.");
        }

        if (request.Code is not null)
        {
            return Problems.Invalid("code", "belongs to set-up");
        }

        if (RegistrationRules.Fault(request, key, out var organization) is { } fault)
        {
            return fault;
        }

        if (await limits.Secret(context) is { } later)
        {
            return later;
        }

        return await store.Found(organization!, settings.Trial) == Founded.Made
            ? TypedResults.Created("/api/session", await open(context, request.Member.Id))
            : Problems.Of(ProblemType.Conflict, "The e-mail address has an account here already.");
    }
}
