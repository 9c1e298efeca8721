using System.Security.Cryptography;
using System.Text;
using Baton.Server.Storage;

namespace Baton.Server.Features.Organizations;

/// <summary>
/// The one-time code that makes its reader the owner. A server that is not set up makes a new one at every start and shows it once, on
/// standard output; only its hash is kept, in memory.
/// </summary>
internal sealed class SetupCode
{
    /// <summary>Without 0 O, 1 l I: the code is read and typed.</summary>
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int Groups = 5, GroupLength = 4;

    private byte[]? hash;
    private string? code;

    public SetupCode(Database database)
    {
        if (database.Read(connection => connection.Scalar("SELECT 1 FROM organizations LIMIT 1")) is null)
        {
            code = string.Join('-', RandomNumberGenerator.GetString(Alphabet, Groups * GroupLength).Chunk(GroupLength).Select(four => new string(four)));
            hash = Hash(code);
        }
    }

    /// <summary>The code, for the one time it is shown; null when the server is set up.</summary>
    public string? Show() => Interlocked.Exchange(ref code, null);

    public bool IsSetUp => Volatile.Read(ref hash) is null;

    /// <summary>In constant time; upper case, spaces and missing dashes don't matter.</summary>
    public bool Matches(string typed) => Volatile.Read(ref hash) is { } kept && CryptographicOperations.FixedTimeEquals(Hash(typed), kept);

    public void Void() => Volatile.Write(ref hash, null);

    private static byte[] Hash(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToLowerInvariant()));
}
