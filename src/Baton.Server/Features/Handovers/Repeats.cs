using Baton.Protocol;
using Baton.Server.Features.History;
using Baton.Server.Storage;

namespace Baton.Server.Features.Handovers;

/// <summary>
/// What was done before is answered once more only when it is kept where the first answer would have promised it. A PostgreSQL that lost its
/// standby, or was started again without it, shows commits that the standby never got: told to the client and lost with a failover, a claim
/// would have two readers. So the row is written once more as it is, and that commit waits for the standby like any other.
/// </summary>
internal static class Repeats
{
    /// <exception cref="StoreFailedException">It is not kept there, or nobody knows.</exception>
    public static Task Settle(Ledger ledger, Id handover) => !ledger.IsShared
        ? Task.CompletedTask
        : ledger.Housekeeping(
            transaction => transaction.Execute("UPDATE handovers SET read_until = read_until WHERE handover = @handover", ("@handover", handover)), Isolation.Row);
}
