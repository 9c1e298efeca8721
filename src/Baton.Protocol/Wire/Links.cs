namespace Baton.Protocol.Wire;

// What the recipient's page says and hears. spec/api.md, "The recipient's page".

public sealed record LinkLookup(byte[] Locator);

/// <param name="Files">Ciphertext sizes in bytes.</param>
/// <param name="Sender">The sender's name, where the sender chose to be named.</param>
public sealed record LinkReady(bool HasPassword, long ExpiresAt, string Language, string Organization, string? Sender, IReadOnlyList<long> Files);

public sealed record LinkClaim(byte[] Locator, byte[] ClaimKey, byte[] ReaderKey);

/// <param name="Created">The exact text of the ledger's created entry.</param>
/// <param name="Claimed">The exact text of the ledger's claimed entry.</param>
public sealed record LinkOpened(byte[] Sealed, byte[] Share, byte Flags, string Created, string Claimed);

public sealed record LinkFile(byte[] Locator, byte[] ClaimKey, byte[] ReaderKey, int File, int FirstChunk, int Chunks);

public sealed record LinkDisplayed(byte[] Locator, byte[] DisplayedProof);

/// <param name="Statement">The exact text that is signed. spec/handover.md §6.</param>
public sealed record LinkReceipt(byte[] Locator, string Statement, byte[] Reply, byte[] Signature);

/// <param name="Confirmed">The exact text of the ledger's confirmed entry.</param>
/// <param name="Evidence">The proofs, once the entry is under a checkpoint.</param>
public sealed record ReceiptAccepted(string State, string Confirmed, LinkEvidence? Evidence = null);

/// <param name="Reason">not-me or more.</param>
public sealed record LinkReport(byte[] Locator, string Reason);
