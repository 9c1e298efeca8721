using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Client.Keys;

/// <summary>The organization's policy, believed only of who is or once was owner or admin. spec/keys.md §9.</summary>
public static class TrustedPolicy
{
    /// <summary>Reads and checks a policy; null and no fault while the organization has none.</summary>
    /// <param name="seenNumber">The newest seen before; 0 for none.</param>
    public static UnlockFault Open(SignedPolicy? sent, Roster roster, int seenNumber, out Policy? policy)
    {
        policy = null;
        if (sent is null)
        {
            return seenNumber > 0 ? UnlockFault.OlderPolicy : UnlockFault.None;
        }

        if (!Policy.TryParse(sent.Text, out var read)
            || !roster.OnceIssued(sent.Author)
            || !roster.TryCard(sent.Author, out var author)
            || !Signatures.Verify(author.Ecdsa, SignedText.Policy(roster.Organization, sent.Text), sent.Signature))
        {
            return UnlockFault.Policy;
        }

        if (read.Number < seenNumber)
        {
            return UnlockFault.OlderPolicy;
        }

        policy = read;
        return UnlockFault.None;
    }

    /// <summary>A policy as an owner or admin puts it.</summary>
    public static NewPolicy Sign(UnlockedMember member, Policy policy)
    {
        var text = policy.ToText();
        return new NewPolicy(text, Signatures.Sign(member.Keys.Ecdsa, SignedText.Policy(member.Organization, text)));
    }
}
