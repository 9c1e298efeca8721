using System.Security.Cryptography;
using Baton.Chaos.Recording;
using Baton.Protocol;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;
using Baton.Protocol.Wire;

namespace Baton.Chaos.Clients;

/// <summary>A handover with what its two sides know. Its sealed content is random bytes: the server can't tell, and a search of a disk can.</summary>
internal sealed record Parcel(byte[] Locator, byte[] ClaimKey, byte[] DisplayedProof, CreateHandover Request)
{
    public string Id => Request.Handover.ToString();

    /// <summary>Of what only the one reader may get.</summary>
    public string Content => Wire.Hash(Request.Sealed, Request.Share);

    public static Parcel Make(Id group, bool password)
    {
        var (locator, share, claimKey, proof) = (Bytes(16), Bytes(32), Bytes(32), Bytes(32));
        return new Parcel(locator, claimKey, proof, new CreateHandover(
            new Id(Bytes(Protocol.Id.Size)), group, 1, SHA256.HashData(locator), share, HMACSHA256.HashData(share, claimKey), SHA256.HashData(proof), (byte)(password ? 1 : 0),
            7 * 86_400, password ? "phone" : "none", "pl", ShowSender: true, Bytes(1040), Bytes(200), Bytes(150),
            new HandoverCommitments(Bytes(32), [Bytes(32)]), Bytes(64)));
    }

    public async Task<bool> Create(Wire wire) =>
        (await wire.Call("create", Id, HttpMethod.Post, "/api/handovers", Request, adds: (operation, heard) => operation with
        {
            Content = Content,
            Texts = operation.Outcome == Outcome.Done ? [heard.Read<HandoverCreated>().Created!] : [],
        })).Outcome == Outcome.Done;

    public Task Revoke(Wire wire) => wire.Call("revoke", Id, HttpMethod.Post, $"/api/handovers/{Id}/revoke");

    public Task Extend(Wire wire) => wire.Call("extend", Id, HttpMethod.Post, $"/api/handovers/{Id}/extend", new ExtendHandover(14 * 86_400));

    public Task Lookup(Wire wire) => wire.Call("lookup", Id, HttpMethod.Post, "/api/link/lookup", new LinkLookup(Locator));

    public Task<Heard> Displayed(Wire wire) => wire.Call("displayed", Id, HttpMethod.Post, "/api/link/displayed", new LinkDisplayed(Locator, DisplayedProof));

    private static byte[] Bytes(int size) => RandomNumberGenerator.GetBytes(size);
}

/// <summary>A recipient's page, with a reader key that dies with it.</summary>
internal sealed class Page : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private byte[] Key => key.ExportSubjectPublicKeyInfo();

    /// <summary>With the right link and password.</summary>
    public Task<Heard> Claim(Wire wire, Parcel parcel) => Claim(wire, parcel, "claim", parcel.ClaimKey);

    /// <summary>With a wrong password.</summary>
    public Task<Heard> Guess(Wire wire, Parcel parcel) => Claim(wire, parcel, "guess", RandomNumberGenerator.GetBytes(32));

    public Task Receipt(Wire wire, Parcel parcel, LinkOpened opened)
    {
        var statement = $$"""{"seq":1,"items":[{"commitment":"{{Base64Url.Encode(parcel.Request.Commitments.Items[0])}}","status":"works"}]}""";
        var reply = RandomNumberGenerator.GetBytes(120);
        var signature = Signatures.Sign(key, SignedText.Receipt(parcel.Request.Handover, opened.Claimed, statement, reply));
        return wire.Call("receipt", parcel.Id, HttpMethod.Post, "/api/link/receipt", new LinkReceipt(parcel.Locator, statement, reply, signature), adds: (operation, heard) =>
            operation.Outcome == Outcome.Done && heard.Read<ReceiptAccepted>() is var accepted
                ? operation with { Texts = [accepted.Confirmed, .. accepted.Evidence?.Ledger.Checkpoints.Select(checkpoint => checkpoint.Note) ?? []] }
                : operation);
    }

    public void Dispose() => key.Dispose();

    private Task<Heard> Claim(Wire wire, Parcel parcel, string kind, byte[] claimKey)
    {
        var reader = Key;
        return wire.Call(kind, parcel.Id, HttpMethod.Post, "/api/link/claim", new LinkClaim(parcel.Locator, claimKey, reader), adds: (operation, heard) =>
        {
            var by = operation with { By = Base64Url.Encode(reader), Left = heard.Problem?.GuessesLeft };
            return operation.Outcome == Outcome.Done && heard.Read<LinkOpened>() is var opened
                ? by with { Content = Wire.Hash(opened.Sealed, opened.Share), Texts = [opened.Created, opened.Claimed] }
                : by;
        });
    }
}
