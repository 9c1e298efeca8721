using System.Text.RegularExpressions;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>What a create request must look like, before anything is looked up. spec/handover.md §1 to §4, spec/api.md.</summary>
internal static partial class CreateRules
{
    private static readonly string[] Channels = ["phone", "sms", "messenger", "in-person", "post", "other"];

    /// <summary>The first member that is wrong and what is wrong with it; null when the request may go on.</summary>
    public static (string Member, string Wrong)? Check(CreateHandover request)
    {
        var withPassword = (request.Flags & HandoverFlags.Password) != 0;
        var withFiles = (request.Flags & HandoverFlags.Files) != 0;
        return request switch
        {
            { GroupVersion: < 1 } => ("groupVersion", "versions count from 1"),
            { LocatorHash.Length: not 32 } => ("locatorHash", "has 32 bytes"),
            { Share.Length: not 32 } => ("share", "has 32 bytes"),
            { ClaimTag.Length: not 32 } => ("claimTag", "has 32 bytes"),
            { DisplayedTag.Length: not 32 } => ("displayedTag", "has 32 bytes"),
            { Flags: > 3 } => ("flags", "only 0x01 and 0x02 are known"),
            { LifeSeconds: < HandoverRules.LifeMinSeconds or > HandoverRules.LifeMaxSeconds } => ("lifeSeconds", "is 300 to 2592000"),
            _ when withPassword && !Channels.Contains(request.Channel, StringComparer.Ordinal) => ("channel", "is one of " + string.Join(", ", Channels)),
            _ when !withPassword && request.Channel != "none" => ("channel", "is none without an access password"),
            _ when !Language().IsMatch(request.Language) => ("language", "is a language tag such as pl"),
            _ when !IsSealed(request.Sealed.Length) => ("sealed", "has not the size of a padded text and a tag"),
            { Details.Length: < 48 or > HandoverRules.DetailsMax } => ("details", "has 48 to 262144 bytes"),
            { Personal.Length: < 48 or > HandoverRules.PersonalMax } => ("personal", "has 48 to 4096 bytes"),
            { Commitments.Recipient.Length: not 32 } => ("commitments.recipient", "has 32 bytes"),
            { Commitments.Items.Count: < 1 or > HandoverRules.ItemsMax } => ("commitments.items", "are 1 to 500"),
            _ when request.Commitments.Items.Any(item => item is not { Length: 32 }) => ("commitments.items", "have 32 bytes each"),
            { Signature.Length: not Signatures.Size } => ("signature", "has 64 bytes"),
            _ when withFiles != request.Files is { Count: > 0 } => ("files", "and flag 0x02 go together"),
            { Files.Count: > HandoverRules.FilesMax } => ("files", "are at most 100"),
            _ when request.Files?.Any(size => !new FileShape(size).IsPossible) == true => ("files", "has a size that no encrypted file has"),
            _ => null,
        };
    }

    /// <summary>Plaintext of all files together; the limit is a setting.</summary>
    public static long Plaintext(CreateHandover request)
    {
        var sum = 0L;
        foreach (var size in request.Files ?? [])
        {
            // Sizes are the client's word: no sum of them may run over.
            sum = size > long.MaxValue / (2 * HandoverRules.FilesMax) ? long.MaxValue / 2 : sum + new FileShape(size).Plaintext;
        }

        return sum;
    }

    private static bool IsSealed(int size) =>
        size is >= 4 + FileShape.TagSize and <= HandoverRules.SealedMax && Padme.Size(size - FileShape.TagSize) == size - FileShape.TagSize;

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Language();
}
