namespace Baton.Protocol.Evidence;

/// <summary>What one entry of a handover says.</summary>
internal sealed class EventWords(EvidenceFile file, EvidenceHandover handover, ToldHandover told, EvidenceWords words)
{
    /// <summary>What was typed with a receipt; absent once purged.</summary>
    public static EvidenceReply? ReplyOf(EvidenceHandover handover, ToldReceipt? receipt) =>
        receipt is null ? null : handover.Replies?.FirstOrDefault(reply => reply.Seq == receipt.Seq);

    /// <param name="number">The entry's place in the handover's entries.</param>
    public string Of(ToldEntry entry, int number)
    {
        var member = MemberOf(entry);
        var seen = handover.Addresses?.FirstOrDefault(address => address.Entry == number) is { } address
            ? " " + words.Say("event.address", ("address", EvidenceWords.Shown(address.Address)))
            : "";
        return entry.Kind switch
        {
            "claimed" => words.Say(told.HasPassword ? "event.claimed.password" : "event.claimed") + seen,
            "confirmed" => Confirmed(entry),
            "guess-failed" => words.Count("event.guess-failed", entry.Number("left") ?? 0),
            "extended" => words.Say("event.extended", ("member", member), ("time", Outcome.TimeOf(entry, words, "expires"))),
            "re-issued" => words.Say("event.re-issued", ("member", member), ("handover", entry.Text("by") ?? "–")),
            "follow-up" => words.Say(
                $"event.{(entry.Text("step") == "access-removed" ? "access-removed" : "rotated")}{(entry.Flag("done") ? "" : ".not")}",
                ("member", member), ("number", 1 + told.Items.ToList().IndexOf(entry.Text("item") ?? ""))),
            "reported" => Outcome.Report(entry, words) + seen,
            "erased" => entry.Text("actor") == "server" ? words.Say("event.erased.server") : words.Say(entry.Flag("details") ? "event.erased.details" : "event.erased", ("member", member)),
            "created" or "displayed" or "locked" or "expired" or "undisplayed" or "revoked" or "void" => words.Say("event." + entry.Kind, ("member", member)),
            "" => words.Say("event.unreadable"),
            _ => words.Say("event.other", ("kind", words.Quote(entry.Kind))),
        };
    }

    private string Confirmed(ToldEntry entry)
    {
        if (told.Receipts.FirstOrDefault(one => one.Entry == entry) is not { } receipt)
        {
            return words.Say("event.unreadable");
        }

        List<string> sentences = [words.Say("event.confirmed", ("seq", receipt.Seq)), .. Outcome.Answers(receipt, words)];
        if (ReplyOf(handover, receipt) is { } reply)
        {
            if (reply.Name != "")
            {
                sentences.Add(words.Say("event.name", ("name", words.Quote(reply.Name))));
            }

            sentences.AddRange(reply.Notes.Index().Where(note => note.Item != "").Select(note => words.Say("event.note", ("number", note.Index + 1), ("note", words.Quote(note.Item)))));
            sentences.Add(words.Say("event.clock", ("time", words.Time(reply.Clock))));
        }

        return string.Join(' ', sentences);
    }

    // The name of the member who did it, where the file has it.
    private string MemberOf(ToldEntry entry)
    {
        var id = entry.Text("member") ?? "–";
        var known = new[] { handover.Sender, file.Composer }.FirstOrDefault(person => person?.Member.ToString() == id);
        return known is null ? words.Say("member", ("id", id)) : EvidenceWords.Shown(known.Name);
    }
}
