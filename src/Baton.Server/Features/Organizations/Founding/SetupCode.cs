using System.Security.Cryptography;
using System.Text;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Organizations;

/// <summary>
/// The one-time code that makes its reader the owner. A server that is not set up makes a new one at every start and shows it once, on
/// standard output; only its hash is kept, in the database, so that every node takes the code of the node that started last.
/// </summary>
internal sealed class SetupCode(Database database, Ledger ledger)
{
    /// <summary>Without 0 O, 1 l I: the code is read and typed.</summary>
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int Groups = 5, GroupLength = 4;

    private string? code;
    private volatile bool isSetUp;

    /// <summary>Voids the code of the start before, and makes the one of this start unless there is an owner.</summary>
    public async Task Begin()
    {
        if (!IsSetUp)
        {
            var made = string.Join('-', RandomNumberGenerator.GetString(Alphabet, Groups * GroupLength).Chunk(GroupLength).Select(four => new string(four)));
            await ledger.Housekeeping(transaction => transaction.Execute("UPDATE installation SET setup_hash = @hash WHERE id = 1", ("@hash", Hash(made))));
            code = made;
        }
    }

    /// <summary>The code, for the one time it is shown; null when the server is set up.</summary>
    public string? Show() => Interlocked.Exchange(ref code, null);

    /// <summary>Once there is an organization there always is one.</summary>
    public bool IsSetUp => isSetUp || (isSetUp = database.Read(connection => connection.Scalar("SELECT 1 FROM organizations LIMIT 1")) is not null);

    /// <summary>In constant time; upper case, spaces and missing dashes don't matter.</summary>
    public bool Matches(string typed) => !IsSetUp
        && database.Read(connection => connection.Scalar("SELECT setup_hash FROM installation WHERE id = 1")) is byte[] kept
        && CryptographicOperations.FixedTimeEquals(Hash(typed), kept);

    private static byte[] Hash(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToLowerInvariant()));
}
