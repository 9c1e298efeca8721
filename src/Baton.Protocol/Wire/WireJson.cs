using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Baton.Protocol.Wire;

/// <summary>Source-generated JSON for everything on the wire.</summary>
[JsonSerializable(typeof(LinkLookup))]
[JsonSerializable(typeof(LinkReady))]
[JsonSerializable(typeof(LinkClaim))]
[JsonSerializable(typeof(LinkOpened))]
[JsonSerializable(typeof(LinkFile))]
[JsonSerializable(typeof(LinkDisplayed))]
[JsonSerializable(typeof(LinkReceipt))]
[JsonSerializable(typeof(ReceiptAccepted))]
[JsonSerializable(typeof(CreateHandover))]
[JsonSerializable(typeof(HandoverCreated))]
[JsonSerializable(typeof(HandoverSummary))]
[JsonSerializable(typeof(HandoverPage))]
[JsonSerializable(typeof(HandoverDetail))]
[JsonSerializable(typeof(Observed))]
[JsonSerializable(typeof(ExtendHandover))]
[JsonSerializable(typeof(SignInParameters))]
[JsonSerializable(typeof(KdfParameters))]
[JsonSerializable(typeof(Registration))]
[JsonSerializable(typeof(SignIn))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(OpenRecovery))]
[JsonSerializable(typeof(RecoveryOpened))]
[JsonSerializable(typeof(Recovery))]
[JsonSerializable(typeof(Instance))]
[JsonSerializable(typeof(ChangePassword))]
[JsonSerializable(typeof(ChangeRecoveryKey))]
[JsonSerializable(typeof(ChangeName))]
[JsonSerializable(typeof(DeleteAccount))]
[JsonSerializable(typeof(LiveSessionList))]
[JsonSerializable(typeof(OrganizationMembers))]
[JsonSerializable(typeof(NewCard))]
[JsonSerializable(typeof(InvitationList))]
[JsonSerializable(typeof(InvitationSummary))]
[JsonSerializable(typeof(CreateInvitation))]
[JsonSerializable(typeof(OpenInvitation))]
[JsonSerializable(typeof(InvitationOpened))]
[JsonSerializable(typeof(AcceptInvitation))]
[JsonSerializable(typeof(ApproveInvitation))]
[JsonSerializable(typeof(NewPolicy))]
[JsonSerializable(typeof(SignedPolicy))]
[JsonSerializable(typeof(SessionGroup))]
[JsonSerializable(typeof(CreateGroup))]
[JsonSerializable(typeof(NewGrant))]
[JsonSerializable(typeof(ChangeGroupDetails))]
[JsonSerializable(typeof(ChangeGroupState))]
[JsonSerializable(typeof(Rotation))]
[JsonSerializable(typeof(GroupList))]
[JsonSerializable(typeof(EntryPage))]
[JsonSerializable(typeof(EntryChanges))]
[JsonSerializable(typeof(EntriesChanged))]
[JsonSerializable(typeof(EntryRevisions))]
[JsonSerializable(typeof(NewAttachment))]
[JsonSerializable(typeof(GroupChanged))]
[JsonSerializable(typeof(FollowUp))]
[JsonSerializable(typeof(LinkReport))]
[JsonSerializable(typeof(EvidenceRequest))]
[JsonSerializable(typeof(EvidenceParts))]
[JsonSerializable(typeof(LedgerHead))]
[JsonSerializable(typeof(LedgerPage))]
[JsonSerializable(typeof(ConsistencyProof))]
[JsonSerializable(typeof(InclusionProof))]
[JsonSerializable(typeof(Retention))]
[JsonSerializable(typeof(EraseHandover))]
[JsonSerializable(typeof(Problem))]
public sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>
    /// The one set of options: camelCase, canonical base64url, unknown, missing and doubled members refused.
    /// They are set here and not by attribute because attributes of a context are lost when it is chained into other options.
    /// </summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MaxDepth = 8;
        options.Converters.Add(new BytesJsonConverter());
        options.TypeInfoResolverChain.Insert(0, Default.WithAddedModifier(MakeNullableOptional));
    }

    // What may be null is left out when it is, so it may be missing, wherever it stands in a record.
    private static void MakeNullableOptional(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            if (member.IsRequired && (Nullable.GetUnderlyingType(member.PropertyType) is not null || (!member.PropertyType.IsValueType && member.IsGetNullable)))
            {
                member.IsRequired = false;
            }
        }
    }

    /// <summary>For code outside ASP.NET Core.</summary>
    public static JsonSerializerOptions Shared => Made.Options;

    /// <summary>How one record of the wire is written: nothing is looked for by reflection, so that a trimmed program has what it needs.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Shared.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Apart, because the generated half of this class makes Default in a static field too, and may come second.</summary>
    private static class Made
    {
        public static readonly JsonSerializerOptions Options = MakeOptions();
    }
}
