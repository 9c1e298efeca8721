using System.Globalization;
using System.Text.Json;
using Baton.Protocol;
using Baton.Protocol.Wire;

namespace Baton.Client.Api;

/// <summary>
/// A Baton server, call by call (spec/api.md). Problems are outcomes; only a server that can't be reached is an exception.
/// </summary>
public sealed partial class BatonApi : IDisposable
{
    private readonly Transport transport;

    /// <summary>A client of this server. See <see cref="ServerAddress"/> for which addresses it will talk to.</summary>
    /// <param name="handler">Instead of the network: for tests.</param>
    public BatonApi(ServerAddress server, Cookies? cookies = null, TimeProvider? clock = null, HttpMessageHandler? handler = null)
    {
        Cookies = cookies ?? new Cookies();
        Server = server;
        transport = new Transport(server.Uri, Cookies, clock ?? TimeProvider.System, handler);
    }

    /// <summary>Where it talks to.</summary>
    public ServerAddress Server { get; }

    /// <summary>Called when a claim or a file gets no answer and goes on trying for as long as the read window, once a call.</summary>
    public Action? Waits
    {
        get => transport.Waits;
        set => transport.Waits = value;
    }

    /// <summary>The session, among others.</summary>
    public Cookies Cookies { get; }

    /// <summary>Version, origin, limits and ledger key.</summary>
    public Task<Outcome<Instance>> Instance(CancellationToken cancel) => Get<Instance>("/api/instance", cancel);

    /// <summary>Argon2id parameters for an e-mail, known or not.</summary>
    public Task<Outcome<KdfParameters>> SignInParameters(string email, CancellationToken cancel) =>
        Post<KdfParameters>("/api/sign-in/parameters", new SignInParameters(email), cancel);

    /// <summary>Registers the owner, once. Not repeated by itself: the set-up code is used up by the first.</summary>
    public Task<Outcome<Session>> SetUp(Registration registration, CancellationToken cancel) =>
        transport.Json<Session>(HttpMethod.Post, "/api/setup", Bytes(registration), Patience.None, cancel);

    /// <summary>The key blob that a recovery key opens.</summary>
    public Task<Outcome<RecoveryOpened>> OpenRecovery(OpenRecovery open, CancellationToken cancel) => Post<RecoveryOpened>("/api/recovery/open", open, cancel);

    /// <summary>A new password and a new recovery key. Not repeated by itself: the recovery key is used up by the first.</summary>
    public Task<Outcome<Session>> Recover(Recovery recovery, CancellationToken cancel) =>
        transport.Json<Session>(HttpMethod.Post, "/api/recovery", Bytes(recovery), Patience.None, cancel);

    /// <summary>Signs in; the session's cookie is in <see cref="Cookies"/> afterwards.</summary>
    public Task<Outcome<Session>> SignIn(SignIn signIn, CancellationToken cancel) => Post<Session>("/api/sessions", signIn, cancel);

    /// <summary>The session with key blob, cards and grants.</summary>
    public Task<Outcome<Session>> Session(CancellationToken cancel) => Get<Session>("/api/session", cancel);

    /// <summary>Ends this session, or every session of the member.</summary>
    public Task<Outcome<Done>> SignOut(bool everywhere, CancellationToken cancel) =>
        transport.Json<Done>(HttpMethod.Delete, everywhere ? "/api/sessions" : "/api/session", null, Patience.Short, cancel);

    /// <summary>Creates a handover with exactly these bytes.</summary>
    public Task<Outcome<HandoverCreated>> Create(byte[] body, CancellationToken cancel) =>
        transport.Json<HandoverCreated>(HttpMethod.Post, "/api/handovers", body, Patience.Short, cancel);

    /// <summary>Stores one encrypted chunk of a draft's file.</summary>
    public Task<Outcome<Done>> PutChunk(Id handover, int file, int chunk, byte[] bytes, CancellationToken cancel) =>
        transport.Bytes(HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"/api/handovers/{handover}/files/{file}/{chunk}"), bytes, cancel);

    /// <summary>Makes a draft wait for its recipient.</summary>
    public Task<Outcome<HandoverCreated>> Commit(Id handover, CancellationToken cancel) => Post<HandoverCreated>($"/api/handovers/{handover}/commit", null, cancel);

    /// <summary>A page of the history, newest first.</summary>
    public Task<Outcome<HandoverPage>> History(string? before, int limit, CancellationToken cancel) =>
        Get<HandoverPage>(
            string.Create(CultureInfo.InvariantCulture, $"/api/handovers?limit={limit}{(before is null ? "" : "&before=" + Uri.EscapeDataString(before))}"), cancel);

    /// <summary>One handover with its entries and replies.</summary>
    public Task<Outcome<HandoverDetail>> Handover(Id handover, CancellationToken cancel) => Get<HandoverDetail>($"/api/handovers/{handover}", cancel);

    /// <summary>Ends a waiting or claimed handover.</summary>
    public Task<Outcome<HandoverSummary>> Revoke(Id handover, CancellationToken cancel) => Post<HandoverSummary>($"/api/handovers/{handover}/revoke", null, cancel);

    /// <summary>Gives a waiting handover a new life from now.</summary>
    public Task<Outcome<HandoverSummary>> Extend(Id handover, long lifeSeconds, CancellationToken cancel) =>
        Post<HandoverSummary>($"/api/handovers/{handover}/extend", new ExtendHandover(lifeSeconds), cancel);

    /// <summary>What lies behind a link, without opening it.</summary>
    public Task<Outcome<LinkReady>> Lookup(byte[] locator, CancellationToken cancel) => Post<LinkReady>("/api/link/lookup", new LinkLookup(locator), cancel);

    /// <summary>Opens a link. The same reader key may repeat it within its window.</summary>
    public Task<Outcome<LinkOpened>> Claim(LinkClaim claim, CancellationToken cancel) => Read<LinkOpened>("/api/link/claim", claim, Patience.Reader, cancel);

    /// <summary>Chunks of a file, one after the other.</summary>
    public Task<Outcome<byte[]>> File(LinkFile file, CancellationToken cancel) => transport.Download("/api/link/file", Bytes(file), cancel);

    /// <summary>Tells that the content was opened; the server destroys its copy.</summary>
    public Task<Outcome<Done>> Displayed(LinkDisplayed displayed, CancellationToken cancel) => Read<Done>("/api/link/displayed", displayed, Patience.Telling, cancel);

    /// <summary>Hands in a receipt.</summary>
    public Task<Outcome<ReceiptAccepted>> Receipt(LinkReceipt receipt, CancellationToken cancel) => Read<ReceiptAccepted>("/api/link/receipt", receipt, Patience.Telling, cancel);

    /// <inheritdoc />
    public void Dispose() => transport.Dispose();

    private Task<Outcome<T>> Get<T>(string path, CancellationToken cancel)
        where T : class =>
        transport.Json<T>(HttpMethod.Get, path, null, Patience.Short, cancel);

    private Task<Outcome<T>> Post<T>(string path, object? body, CancellationToken cancel)
        where T : class =>
        transport.Json<T>(HttpMethod.Post, path, body is null ? null : Bytes(body), Patience.Short, cancel);

    private Task<Outcome<T>> Read<T>(string path, object body, Patience patience, CancellationToken cancel)
        where T : class =>
        transport.Json<T>(HttpMethod.Post, path, Bytes(body), patience, cancel);

    private static byte[] Bytes(object body) => JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), WireJson.Shared);
}
