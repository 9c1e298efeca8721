using System.Text.Json;
using Baton.Cli.Import;
using Baton.Client.Keys;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;

namespace Baton.Cli;

/// <summary>
/// What this machine has seen of each member's organization, so that no server can lead it back to something older. It outlives
/// sessions: signing in anew, or out, doesn't forget it. $XDG_CONFIG_HOME/baton/seen.json; numbers and hashes, no secret.
/// </summary>
internal sealed record SeenFile(IReadOnlyDictionary<string, SeenMember> Members)
{
    private static string Location => PrivateFile.Named("seen.json");

    /// <exception cref="CommandFailedException">It is there and can't be read.</exception>
    public static SeenFile Load()
    {
        if (!File.Exists(Location))
        {
            return new SeenFile(new Dictionary<string, SeenMember>(StringComparer.Ordinal));
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(Location), CliJson.Shared.SeenFile) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new CommandFailedException(
                ExitCode.Input, $"{Location} can't be read.", "It protects you from a server that shows you something old. Delete it only if you know why it is broken.");
        }
    }

    /// <summary>Nothing, for a member that was never here.</summary>
    public Seen Of(Id member) => Members.TryGetValue(member.ToString(), out var seen) ? seen.ToSeen() : Seen.Nothing;

    public void Save(Id member, Seen seen)
    {
        var members = new Dictionary<string, SeenMember>(Members, StringComparer.Ordinal) { [member.ToString()] = SeenMember.Of(seen) };
        PrivateFile.Replace(Location, file => JsonSerializer.Serialize(file, new SeenFile(members), CliJson.Shared.SeenFile));
    }
}

/// <param name="Roster">SHA-256 of the roster's last card, base64url.</param>
/// <param name="Versions">The newest version of each group's key.</param>
/// <param name="Revisions">The newest revision of each entry that has more than one.</param>
internal sealed record SeenMember(uint Seq, string Roster, IReadOnlyDictionary<string, int> Versions, int Policy, IReadOnlyDictionary<string, long> Revisions)
{
    public static SeenMember Of(Seen seen) => new(
        seen.Roster.Seq, Base64Url.Encode(seen.Roster.Hash), Named(seen.Versions), seen.Policy, Named(seen.Revisions));

    public Seen ToSeen() => new(
        new RosterHead(Seq, Base64Url.TryDecode(Roster, out var hash) ? hash : throw new JsonException("roster")),
        Read(Versions), Policy, Read(Revisions));

    private static Dictionary<string, T> Named<T>(IReadOnlyDictionary<Id, T> seen) => seen.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value, StringComparer.Ordinal);

    private static Dictionary<Id, T> Read<T>(IReadOnlyDictionary<string, T> kept) =>
        kept.ToDictionary(pair => Id.TryParse(pair.Key, out var id) ? id : throw new JsonException("id"), pair => pair.Value);
}
