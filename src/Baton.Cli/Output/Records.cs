using Baton.Cli.Import;

namespace Baton.Cli.Output;

// What --json writes. docs/cli.md shows each.

internal sealed record Failure(string Code, string Error, string? Hint);

internal sealed record SignedIn(string Server, string Email, string Name, string Organization, string Role);

internal sealed record NewOwnerShown(string Server, string Email, string Organization, string RecoveryKey);

/// <param name="Password">As generated; absent when the sender chose it, and without one.</param>
/// <param name="Bits">Strength of a generated password.</param>
internal sealed record HandedOver(
    string Handover, string Link, string? Password, double? Bits, long ExpiresAt, int Entries, int Files, IReadOnlyList<string> LeftOut, string? Replaces = null);

/// <param name="Files">Where the files were saved.</param>
internal sealed record Opened(
    string Organization, string Sender, string Recipient, string? Message, IReadOnlyList<PlainEntry> Entries, IReadOnlyList<string> Files, string Confirmed);

/// <param name="Title">Absent when the details can't be opened with this member's keys.</param>
internal sealed record HistoryRow(
    string Handover, string State, long CreatedAt, long ChangedAt, long? ExpiresAt, string Sender, string Channel, string? Title, string? Recipient, IReadOnlyList<string>? Items);

internal sealed record Story(HistoryRow Handover, IReadOnlyList<StoryEntry> TimeLine, IReadOnlyList<StoryReceipt> Receipts);

internal sealed record StoryEntry(string Kind, long Time, string Actor, string? Address);

/// <param name="Genuine">The reply opens under the handover's own key and names this statement: the operator can't have made it.</param>
internal sealed record StoryReceipt(long Seq, bool Genuine, string? Name, IReadOnlyList<StoryReceiptItem> Items);

internal sealed record StoryReceiptItem(string? Title, string Status, string? Note);
