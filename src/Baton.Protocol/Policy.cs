using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baton.Protocol;

/// <summary>What an organization allows its members, as one exact text that an owner or admin signs. spec/keys.md §9.</summary>
/// <param name="Number">Counts up from 1.</param>
/// <param name="LifeMax">Longest life of a handover, seconds.</param>
/// <param name="Password">Whether a handover needs an access password.</param>
/// <param name="PasswordBits">The least strength of one that the sender chooses; clients hold it, the server can't see it.</param>
/// <param name="HandOver">The least role that may hand over: owner, admin or member.</param>
/// <param name="Files">Whether handovers may have attachments.</param>
/// <param name="FileBytes">The most bytes of plaintext of a handover's attachments together.</param>
/// <param name="Idle">Seconds until a session without use ends.</param>
/// <param name="Session">Seconds until every session ends.</param>
/// <param name="BreachCheck">Whether clients offer to hold passwords against known breaches.</param>
public sealed record Policy(
    uint Number, long LifeMax, bool Password, int PasswordBits, Role HandOver, bool Files, long FileBytes, long Idle, long Session, bool BreachCheck)
{
    /// <summary>The bounds of spec/keys.md §9.</summary>
    public const long LifeLeast = 300, LifeMost = 2_592_000, FileBytesMost = 256L << 20, IdleLeast = 60, IdleMost = 604_800, SessionLeast = 60, SessionMost = 2_592_000;

    /// <summary>As <see cref="LifeLeast"/>.</summary>
    public const int BitsMost = 256;

    /// <summary>The exact text that is signed.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"v":1,"number":{{Number}},"lifeMax":{{LifeMax}},"password":{{Word(Password)}},"passwordBits":{{PasswordBits}},"handOver":"{{HandOver.Word()}}","files":{{Word(Files)}},"fileBytes":{{FileBytes}},"idle":{{Idle}},"session":{{Session}},"breachCheck":{{Word(BreachCheck)}}}""");

    /// <summary>Whether a member of this role may hand over.</summary>
    public bool MayHandOver(Role role) => role is not (Role.Removed or Role.Auditor) && role <= HandOver;

    /// <summary>Reads a policy; false for any text that <see cref="ToText"/> would not write, and for values out of bounds.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Policy? policy)
    {
        policy = null;
        try
        {
            policy = JsonSerializer.Deserialize(text, PolicyJson.Default.PolicyText)?.Read();
        }
        catch (JsonException)
        {
            // Not JSON, or not of this shape.
        }

        policy = policy?.IsWithinBounds == true && policy.ToText() == text ? policy : null;
        return policy is not null;
    }

    private bool IsWithinBounds =>
        Number > 0
        && LifeMax is >= LifeLeast and <= LifeMost
        && PasswordBits is >= 0 and <= BitsMost
        && HandOver is Role.Owner or Role.Admin or Role.Member
        && FileBytes is >= 0 and <= FileBytesMost
        && Idle is >= IdleLeast and <= IdleMost
        && Session is >= SessionLeast and <= SessionMost;

    private static string Word(bool value) => value ? "true" : "false";
}

/// <summary>The members as they stand in the text.</summary>
internal sealed record PolicyText(
    int V, uint Number, long LifeMax, bool Password, int PasswordBits, string HandOver, bool Files, long FileBytes, long Idle, long Session, bool BreachCheck)
{
    public Policy? Read()
    {
        Role? role = HandOver switch { "owner" => Role.Owner, "admin" => Role.Admin, "member" => Role.Member, _ => null };
        return role is { } least ? new Policy(Number, LifeMax, Password, PasswordBits, least, Files, FileBytes, Idle, Session, BreachCheck) : null;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PolicyText))]
internal sealed partial class PolicyJson : JsonSerializerContext;
