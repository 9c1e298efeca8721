using System.Security.Cryptography;
using System.Text;
using Baton.Protocol.Wire;
using Baton.Server.Storage;

namespace Baton.Server.Security;

/// <summary>
/// The server's own secret: <c>server.key</c>, 32 bytes. It opens nothing. It makes the answers about accounts that do not exist look
/// like those about accounts that do, and device cookies that nobody else can make.
/// </summary>
internal sealed class ServerKey(DataDirectory data)
{
    public const string FileName = "server.key";

    private readonly byte[] key = Checked(Path.Combine(data.Path, FileName));

    /// <summary>32 bytes that depend on purpose and text; the purposes are this server's own and never leave it.</summary>
    public byte[] Tag(string purpose, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(purpose + "\0" + text));

    /// <summary>
    /// What sign-in asks of an account's password before there is an account, and what is said about one that does not exist:
    /// the same for ever for the same e-mail. spec/api.md, <c>sign-in/parameters</c>.
    /// </summary>
    public KdfParameters ParametersFor(string email) => new(Tag("kdf salt", email)[..16], 65_536, 2, 1);

    /// <summary>For the database to tell another installation's key by.</summary>
    public byte[] Hash() => SHA256.HashData(key);

    private static byte[] Checked(string path) => KeyFile.ReadOrMake(path, () => RandomNumberGenerator.GetBytes(32)) is { Length: 32 } key
        ? key
        : throw new RefusedToStartException($"{path} is not a key of 32 bytes.", "Restore it from the backup of the data directory.");
}
