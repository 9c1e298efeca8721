using System.Globalization;
using Baton.Client.Keys;
using Baton.Client.Sealing;

namespace Baton.Cli.HandOver;

/// <summary>
/// The organization's policy, held before anything is sealed. The server holds all of it but the strength of an access password,
/// which it never sees. spec/keys.md §9.
/// </summary>
internal static class PolicyRules
{
    public static void Check(UnlockedMember member, uint life, string? accessPassword, double? generatedBits, IReadOnlyList<Attachment> attachments)
    {
        if (member.Policy is not { } policy)
        {
            return;
        }

        if (!policy.MayHandOver(member.Card.Role))
        {
            throw Refused("lets only its owners and admins hand over", "Ask one of them.");
        }

        if (life > policy.LifeMax)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"lets a link live {policy.LifeMax / 3600.0:0.#} hours at most"), "--expires sets a shorter life.");
        }

        if (policy.Password && accessPassword is null)
        {
            throw Refused("asks for an access password", "Leave --password none out.");
        }

        if (accessPassword is not null && (generatedBits ?? MostBits(AccessPassword.Normalize(accessPassword))) is var bits && bits < policy.PasswordBits)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"asks for an access password of {policy.PasswordBits} bits, and this one has {bits:0} at most"), "--words N generates a longer one.");
        }

        if (!policy.Files && attachments.Count > 0)
        {
            throw Refused("lets no files be handed over", "--leave-out files keeps those of entries here.");
        }

        if (attachments.Sum(file => file.Size) > policy.FileBytes)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"lets {policy.FileBytes >> 20} MiB of files be handed over at most"), "--leave-out files keeps those of entries here.");
        }
    }

    /// <summary>What a password of this length could have at most, were its characters drawn from the kinds in it: repeats count once.</summary>
    internal static double MostBits(string password)
    {
        var alphabet = (password.Any(char.IsAsciiLetterLower) ? 26 : 0) + (password.Any(char.IsAsciiDigit) ? 10 : 0)
            + (password.Any(character => !char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character)) ? 33 : 0);
        var telling = password.Where((character, i) => i == 0 || (character != password[i - 1] && Math.Abs(character - password[i - 1]) != 1)).Count();
        return alphabet == 0 ? 0 : telling * Math.Log2(alphabet);
    }

    private static CommandFailedException Refused(string rule, string hint) => new(ExitCode.Refused, $"Your organization's policy {rule}.", hint);
}
