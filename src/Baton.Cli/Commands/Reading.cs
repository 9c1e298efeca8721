using System.Security.Cryptography;
using Baton.Client.Api;
using Baton.Client.Evidence;
using Baton.Client.Sealing;
using Baton.Protocol.Wire;

namespace Baton.Cli.Commands;

/// <summary>A handover that this process has claimed: the reader key lives here and dies with it.</summary>
internal sealed class Reading : IDisposable
{
    private readonly BatonApi api;
    private readonly HandoverKeys keys;
    private readonly ECDsa reader;
    private readonly OpenedHandover handover;

    private Reading(BatonApi api, HandoverKeys keys, ECDsa reader, OpenedHandover handover)
    {
        this.api = api;
        this.keys = keys;
        this.reader = reader;
        this.handover = handover;
    }

    public Content Content => handover.Content;

    /// <summary>Claims and checks. Asks again for a wrong access password while there is somebody to ask and a guess left.</summary>
    public static async Task<Reading> Claim(BatonApi api, byte[] linkKey, Func<string?> password, bool mayAskAgain, CancellationToken cancel)
    {
        var reader = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var readerKey = reader.ExportSubjectPublicKeyInfo();
        while (true)
        {
            var keys = HandoverKeys.From(linkKey, password());
            var outcome = await api.Claim(new LinkClaim(keys.Locator, keys.ClaimKey, readerKey), cancel);
            if (outcome.TryGet(out var opened, out var problem))
            {
                return OpenedHandover.TryOpen(keys, readerKey, opened, out var handover)
                    ? new Reading(api, keys, reader, handover)
                    : throw new CommandFailedException(
                        ExitCode.Untrusted, "What the server gave is not what the sender signed. Nothing of it is shown.", "Tell the sender, over another channel.");
            }

            keys.Dispose();
            if (!problem.Is(ProblemType.WrongPassword))
            {
                throw Outcomes.Failure(problem);
            }

            var left = problem.GuessesLeft ?? 0;
            var error = left == 0 ? "The access password is wrong, and that was the last guess: the link is locked." : $"The access password is wrong; {left} {(left == 1 ? "guess" : "guesses")} left.";
            if (left == 0 || !mayAskAgain || !Terminal.CanAsk)
            {
                throw new CommandFailedException(ExitCode.WrongPassword, error, left == 0 ? "Ask the sender for a new link." : "Ask the sender to spell it.");
            }

            Terminal.Say(error);
        }
    }

    /// <summary>Writes one file, decrypted and verified; false whatever the reason.</summary>
    public async Task<bool> TryFetch(int file, Stream output, CancellationToken cancel)
    {
        const int at = 16;
        var facts = Content.Files![file];
        var count = FileChunks.ChunkCount(facts.Size);
        var key = handover.FileKey(file);
        var readerKey = reader.ExportSubjectPublicKeyInfo();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var first = 0; first < count; first += at)
        {
            var wire = (await api.File(new LinkFile(keys.Locator, keys.ClaimKey, readerKey, file, first, Math.Min(at, count - first)), cancel)).OrFail();
            var offset = 0;
            for (var number = first; number < Math.Min(first + at, count); number++)
            {
                var last = number == count - 1;
                var size = FileChunks.TagSize + (last ? (int)(facts.Size - ((long)number * FileChunks.ChunkSize)) : FileChunks.ChunkSize);
                if (offset + size > wire.Length || !FileChunks.TryOpenChunk(key, number, last, wire.AsSpan(offset, size), out var plaintext))
                {
                    return false;
                }

                offset += size;
                hash.AppendData(plaintext);
                await output.WriteAsync(plaintext, cancel);
            }
        }

        return hash.GetHashAndReset().AsSpan().SequenceEqual(facts.Sha256);
    }

    /// <summary>Tells the server that the content is here: it destroys its copy.</summary>
    public async Task Displayed(CancellationToken cancel) =>
        (await api.Displayed(new LinkDisplayed(keys.Locator, handover.DisplayedProof), cancel)).OrFail();

    /// <summary>Confirms to the sender. With <paramref name="proven"/> it asks until the confirmation is under a checkpoint; null when the proofs are none.</summary>
    public async Task<RecipientEvidence?> Confirm(IReadOnlyList<string> statuses, string name, IReadOnlyList<string> notes, bool proven, CancellationToken cancel)
    {
        var receipt = handover.Receipt(reader, 1, statuses, name, notes, TimeProvider.System.GetUtcNow());
        var accepted = (await api.Receipt(receipt, cancel)).OrFail();

        // The server holds each answer back for five seconds at most: half a minute in all.
        for (var tries = 1; proven && accepted.Evidence is null && tries < 6; tries++)
        {
            accepted = (await api.Receipt(receipt, cancel)).OrFail();
        }

        return proven ? RecipientEvidence.From(handover, receipt, accepted, reader, TimeProvider.System.GetUtcNow()) : null;
    }

    public void Dispose()
    {
        keys.Dispose();
        reader.Dispose();
    }
}
