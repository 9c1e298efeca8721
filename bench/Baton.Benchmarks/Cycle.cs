using System.Security.Cryptography;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Benchmarks;

/// <summary>Create, claim and displayed of one handover with 1 KiB sealed and a password: four requests with the lookup before, ready to send.</summary>
internal readonly record struct Cycle(byte[] Create, byte[] Lookup, byte[] Claim, byte[] Displayed)
{
    public static Cycle Make(ServerProcess server, byte[] readerKey) => Make(server, readerKey, new Id(RandomNumberGenerator.GetBytes(Id.Size)));

    /// <summary>Of the handover with this id.</summary>
    public static Cycle Make(ServerProcess server, byte[] readerKey, Id id)
    {
        var locator = RandomNumberGenerator.GetBytes(16);
        var share = RandomNumberGenerator.GetBytes(32);
        var claimKey = RandomNumberGenerator.GetBytes(32);
        var proof = RandomNumberGenerator.GetBytes(32);
        var create = new CreateHandover(
            id, server.Group, 1,
            SHA256.HashData(locator), share, HMACSHA256.HashData(share, claimKey), SHA256.HashData(proof), 0x01,
            86_400, "phone", "en", ShowSender: false,
            RandomNumberGenerator.GetBytes(1024 + 16), RandomNumberGenerator.GetBytes(256), RandomNumberGenerator.GetBytes(160),
            new HandoverCommitments(RandomNumberGenerator.GetBytes(32), [RandomNumberGenerator.GetBytes(32)]), RandomNumberGenerator.GetBytes(64));
        return new Cycle(
            RawHttp.Request("POST", "/api/handovers", server.Cookie, Json(create)),
            RawHttp.Request("POST", "/api/link/lookup", null, Json(new LinkLookup(locator))),
            RawHttp.Request("POST", "/api/link/claim", null, Json(new LinkClaim(locator, claimKey, readerKey))),
            RawHttp.Request("POST", "/api/link/displayed", null, Json(new LinkDisplayed(locator, proof))));
    }

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, WireJson.Shared);
}
