using Baton.Protocol.Wire;

namespace Baton.Client.Api;

/// <summary>What the ledger proves. spec/api.md, "The ledger".</summary>
public sealed partial class BatonApi
{
    /// <summary>What evidence is composed from. Waits until everything is under a checkpoint, some seconds.</summary>
    public Task<Outcome<EvidenceParts>> Evidence(EvidenceRequest request, CancellationToken cancel) => Post<EvidenceParts>("/api/evidence", request, cancel);

    /// <summary>Proves that a log's second size goes on from its first.</summary>
    public Task<Outcome<ConsistencyProof>> Consistency(int log, long from, long to, CancellationToken cancel) =>
        Get<ConsistencyProof>(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/api/ledger/consistency?log={log}&from={from}&to={to}"), cancel);
}
