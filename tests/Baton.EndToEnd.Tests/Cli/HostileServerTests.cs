using System.Security.Cryptography;
using Baton.Client.Keys;
using Baton.Protocol;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;
using Baton.Server.Tests;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>
/// A server that swaps, hides, brings back and makes up: each time the terminal refuses, says what, and ends with the exit code
/// for what can't be trusted. What the browser makes of the same is in spec/vectors and its own tests.
/// </summary>
public sealed class HostileServerTests(Swapped scene) : IClassFixture<Swapped>
{
    private const int Untrusted = 8;

    [Theory]
    [InlineData("a swapped card", "cards do not lead")]
    [InlineData("cards in another order", "cards do not lead")]
    [InlineData("a card by the removed admin", "cards do not lead")]
    [InlineData("a removal left out in the middle", "cards do not lead")]
    [InlineData("a removal hidden", "hides changes of your organization's members")]
    [InlineData("a swapped group key", "nobody who may has signed")]
    [InlineData("another right", "nobody who may has signed")]
    [InlineData("a shared group called personal", "nobody who may has signed")]
    [InlineData("an older key version", "older key of a group")]
    [InlineData("a broken chain", "do not follow from its newest")]
    [InlineData("another name of a group", "isn't sealed under its key")]
    [InlineData("an older policy", "older policy")]
    [InlineData("the policy hidden", "older policy")]
    [InlineData("a changed policy", "no owner or admin has signed")]
    [InlineData("weak parameters", "parameters for the master password")]
    [InlineData("absurd parameters", "parameters for the master password")]
    public async Task What_a_session_swaps_is_refused(string lie, string told)
    {
        scene.Hostile.Lie<Session>("/api/session", session => Change(lie, session));
        Refused(await scene.Baton("vault", "ls", "--password-file", scene.PasswordFile), told);
    }

    [Fact]
    public async Task An_older_revision_of_an_entry_is_refused()
    {
        scene.Hostile.Lie<EntryPage>($"/api/groups/{scene.Group}/entries", _ => scene.EarlierEntries);
        Refused(await scene.Baton("vault", "ls", "--password-file", scene.PasswordFile), "older version of the entry");
    }

    [Fact]
    public async Task What_was_seen_outlives_a_new_sign_in()
    {
        scene.Hostile.Lie<Session>("/api/sessions", session => Change("a removal hidden", session));
        Refused(await scene.Baton("sign-in", scene.Hostile.Origin, "--email", Swapped.Email, "--password-file", scene.PasswordFile), "hides changes");
    }

    [Fact]
    public async Task Weak_parameters_are_refused_before_the_password_is_used()
    {
        scene.Hostile.Lie<KdfParameters>("/api/sign-in/parameters", parameters => parameters with { MemoryKiB = 1_024 });
        Refused(await scene.Baton("sign-in", scene.Hostile.Origin, "--email", Swapped.Email, "--password-file", scene.PasswordFile), "parameters for the master password");
    }

    [Fact]
    public async Task Nobody_is_led_into_an_organization_of_the_server_s_making()
    {
        var (link, _) = await scene.Invite();
        scene.Hostile.Lie<InvitationOpened>("/api/invitation/open", opened =>
        {
            using var stranger = MemberKeys.Make(new byte[32]);
            var root = Card.Root(opened.Organization.Id, BatonServer.NewId(), stranger.EcdhPublic, stranger.EcdsaPublic);
            return opened with { RootCard = root.ToBytes() };
        });
        Refused(await scene.BatonReading(link, "join", "-", "--name", "Ola", "--email", "ola@studio.example", "--password-file", scene.PasswordFile), "not the one that this link invites to");
    }

    [Fact]
    public async Task An_invitee_s_keys_can_t_be_swapped()
    {
        var (link, invitation) = await scene.Invite();
        scene.Hostile.TellTheTruth();
        var joined = await scene.BatonReading(link, "join", "-", "--name", "Jan", "--email", "jan@studio.example", "--password-file", scene.PasswordFile);
        Assert.True(joined.ExitCode == 0, joined.Errors);
        var shown = await scene.Accepted(invitation);
        Assert.True(scene.Accepts(shown));
        using var stranger = MemberKeys.Make(new byte[32]);
        Assert.False(scene.Accepts(shown with { Accepted = shown.Accepted! with { Ecdh = stranger.EcdhPublic } }));
        Assert.False(scene.Accepts(shown with { Accepted = shown.Accepted! with { Ecdsa = stranger.EcdsaPublic } }));
        Assert.False(scene.Accepts(shown with { Accepted = shown.Accepted! with { Member = BatonServer.NewId() } }));
    }

    private static void Refused(Heard heard, string told)
    {
        Assert.Contains(told, heard.Errors, StringComparison.Ordinal);
        Assert.Equal(Untrusted, heard.ExitCode);
        Assert.DoesNotContain("Panel", heard.Output, StringComparison.Ordinal);
    }

    private Session Change(string lie, Session session)
    {
        var cards = session.Cards;
        SessionGroup InGroup(Func<SessionGroup, SessionGroup> change) => change(session.Groups.Single(group => group.Group == scene.Group));
        Session With(SessionGroup changed) => session with { Groups = [.. session.Groups.Select(group => group.Group == changed.Group ? changed : group)] };
        return lie switch
        {
            "a swapped card" => session with { Cards = [cards[0], Forged(cards[1]), .. cards.Skip(2)] },
            "cards in another order" => session with { Cards = [cards[0], .. cards.Skip(1).Reverse()] },
            "a card by the removed admin" => session with { Cards = [.. cards, scene.IssuedByTheRemoved()] },
            "a removal left out in the middle" => session with { Cards = [.. cards.SkipLast(1), scene.IssuedByTheRemoved()] },
            "a removal hidden" => session with { Cards = [.. cards.SkipLast(1)] },
            "a swapped group key" => With(InGroup(group =>
            {
                _ = Card.TryParse(cards[0].Card, out var own);
                var evil = Grant.Close(new GroupVersion(session.Organization.Id, group.Group, group.Version), Right.Manage, own!, RandomNumberGenerator.GetBytes(32));
                return group with { Enc = evil.Enc, Ciphertext = evil.Ciphertext };
            })),
            "another right" => With(InGroup(group => group with { Right = "share" })),
            "a shared group called personal" => session with
            {
                Groups = [.. session.Groups.Where(group => group.Group == scene.Group).Select(group => group with { Personal = true, Details = null })],
            },
            "an older key version" => session with { Groups = scene.Earlier.Groups },
            "a broken chain" => With(InGroup(group => group with { Previous = [RandomNumberGenerator.GetBytes(80)] })),
            "another name of a group" => With(InGroup(group => group with { Details = RandomNumberGenerator.GetBytes(120) })),
            "an older policy" => session with { Policy = scene.Earlier.Policy },
            "the policy hidden" => session with { Policy = null },
            "a changed policy" => session with { Policy = session.Policy! with { Text = session.Policy.Text.Replace("\"idle\":1800", "\"idle\":1900", StringComparison.Ordinal) } },
            "weak parameters" => session with { Parameters = session.Parameters with { MemoryKiB = 8_192 } },
            "absurd parameters" => session with { Parameters = session.Parameters with { Passes = 100 } },
            _ => throw new ArgumentOutOfRangeException(nameof(lie)),
        };
    }

    private static MemberCard Forged(MemberCard sent)
    {
        _ = Card.TryParse(sent.Card, out var card);
        using var stranger = MemberKeys.Make(new byte[32]);
        var forged = card! with { Ecdh = stranger.EcdhPublic, Ecdsa = stranger.EcdsaPublic };
        return sent with { Card = forged.ToBytes(), Signature = forged.SignedBy(stranger.Ecdsa) };
    }
}
