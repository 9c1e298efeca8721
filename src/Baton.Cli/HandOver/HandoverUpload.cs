using Baton.Client.Api;
using Baton.Client.Sealing;
using Baton.Protocol.Wire;

namespace Baton.Cli.HandOver;

/// <summary>Create, then the files' chunks, then commit; and the server's entry read back.</summary>
internal static class HandoverUpload
{
    /// <summary>When the link expires, Unix milliseconds.</summary>
    public static async Task<long> Send(BatonApi api, SealedHandover handover, CancellationToken cancel)
    {
        var created = (await api.Create(handover.Body, cancel)).OrFail();
        if (handover.Files > 0)
        {
            for (var file = 0; file < handover.Files; file++)
            {
                var number = 0;
                foreach (var chunk in handover.Chunks(file))
                {
                    (await api.PutChunk(handover.Request.Handover, file, number++, chunk, cancel)).OrFail();
                }
            }

            created = (await api.Commit(handover.Request.Handover, cancel)).OrFail();
        }

        return Checked(created, handover);
    }

    private static long Checked(HandoverCreated created, SealedHandover handover) =>
        created is { Created: { } entry, ExpiresAt: { } expires } && handover.IsCreated(entry)
            ? expires
            : throw new CommandFailedException(
                ExitCode.Untrusted, "The server recorded something else than what was signed here.", "The link is not shown. Revoke the handover and tell your organization's owner.");
}
