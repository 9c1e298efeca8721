using System.Globalization;
using System.Text;
using Baton.Protocol.Encoding;
using Baton.Protocol.Signing;

namespace Baton.Protocol.Evidence;

/// <summary>
/// Writes the machine part, and finds on the way whether each value is what may stand there: so one description of the shape
/// serves reading and writing. spec/evidence.md §1.
/// </summary>
internal sealed class EvidenceWriter
{
    private const long NumberMost = (1L << 53) - 1;

    private readonly StringBuilder text = new();

    /// <summary>Whether everything so far was what may stand there.</summary>
    public bool IsWhole { get; private set; } = true;

    public override string ToString() => text.ToString();

    public void File(EvidenceFile file, bool signed)
    {
        Raw("{\"v\":1");
        Member("rendering", file.Rendering, one => Number(one, 1, 1));
        Member("kind", file.Kind, one => OneOf(one, "agency", "recipient"));
        Member("language", file.Language, one => OneOf(one, "en", "pl", "de"));
        Member("composed", file.Composed, one => Number(one));
        Optional("title", file.Title, Text);
        Optional("composer", file.Composer, Person);
        Member("organization", file.Organization, Organization);
        Member("server", file.Server, Text);
        Member("logs", file.Logs, logs => List(logs, Log));
        Member("openings", file.Openings, entries => List(entries, Entry));
        Member("checkpoints", file.Checkpoints, checkpoints => List(checkpoints, Checkpoint));
        Member("consistency", file.Consistency, proofs => List(proofs, Hashes));
        Member("roster", file.Roster, cards => List(cards, Card));
        Member("handovers", file.Handovers, handovers => List(handovers, Handover));
        if (signed)
        {
            Member("signature", file.Signature, signature => Bytes(signature, Signatures.Size));
        }

        Raw("}");
    }

    private void Handover(EvidenceHandover handover)
    {
        First("handover", handover.Handover, Id);
        Optional("title", handover.Title, Text);
        Member("sender", handover.Sender, Person);
        Optional("recipient", handover.Recipient, Recipient);
        Optional("items", handover.Items, items => List(items, Item));
        Optional("addresses", handover.Addresses, addresses => List(addresses, Address));
        Optional("replyKey", handover.ReplyKey, key => Bytes(key, 32));
        Member("entries", handover.Entries, entries => List(entries, Entry));
        Optional("replies", handover.Replies, replies => List(replies, Reply));
        Raw("}");
    }

    private void Person(EvidencePerson person)
    {
        First("member", person.Member, Id);
        Member("name", person.Name, Text);
        Raw("}");
    }

    private void Organization(EvidenceOrganization organization)
    {
        First("id", organization.Id, Id);
        Member("name", organization.Name, Text);
        Raw("}");
    }

    private void Log(Wire.LogKey log)
    {
        First("origin", log.Origin, Text);
        Member("key", log.Key, Text);
        Raw("}");
    }

    private void Entry(EvidenceEntry entry)
    {
        First("text", entry.Text, Text);
        Member("log", entry.Log, one => Number(one));
        Member("index", entry.Index, one => Number(one));
        Member("leaf", entry.Leaf, leaf => Bytes(leaf, 32));
        Member("proof", entry.Proof, Hashes);
        Raw("}");
    }

    private void Checkpoint(EvidenceCheckpoint checkpoint)
    {
        First("log", checkpoint.Log, one => Number(one));
        Member("note", checkpoint.Note, Text);
        Member("stamps", checkpoint.Stamps, stamps => List(stamps, Stamp));
        Raw("}");
    }

    private void Stamp(EvidenceStamp stamp)
    {
        First("authority", stamp.Authority, Text);
        Member("token", stamp.Token, token => Bytes(token, 1, 65_536));
        if (stamp.Renews is { } renews)
        {
            Member("renews", renews, one => Number(one));
        }

        Raw("}");
    }

    private void Card(EvidenceCard card)
    {
        First("card", card.Card, bytes => Bytes(bytes, Signing.Card.Size));
        Member("signature", card.Signature, signature => Bytes(signature, Signatures.Size));
        Raw("}");
    }

    private void Recipient(EvidenceRecipient recipient)
    {
        First("name", recipient.Name, Text);
        Member("salt", recipient.Salt, Salt);
        Raw("}");
    }

    private void Item(EvidenceItem item)
    {
        First("type", item.Type, Text);
        Member("title", item.Title, Text);
        Optional("username", item.Username, Text);
        Optional("url", item.Url, Text);
        Member("salt", item.Salt, Salt);
        Raw("}");
    }

    private void Address(EvidenceAddress address)
    {
        First("entry", address.Entry, one => Number(one));
        Member("address", address.Address, Text);
        Member("salt", address.Salt, Salt);
        Raw("}");
    }

    private void Reply(EvidenceReply reply)
    {
        First("seq", reply.Seq, one => Number(one));
        Member("reply", reply.Reply, bytes => Bytes(bytes, 48, 65_536));
        Member("name", reply.Name, Text);
        Member("notes", reply.Notes, notes => List(notes, Text));
        Member("clock", reply.Clock, one => Number(one));
        Raw("}");
    }

    private void Raw(string raw) => text.Append(raw);

    private void First<T>(string name, T value, Action<T> write) => Named('{', name, value, write);

    private void Member<T>(string name, T value, Action<T> write) => Named(',', name, value, write);

    private void Optional<T>(string name, T? value, Action<T> write)
        where T : class
    {
        if (value is not null)
        {
            Member(name, value, write);
        }
    }

    private void Named<T>(char before, string name, T value, Action<T> write)
    {
        text.Append(before).Append('"').Append(name).Append("\":");
        Value(value, write);
    }

    // What was read may be null wherever the types say that it isn't: the serializer was not asked.
    private void Value<T>(T value, Action<T> write)
    {
        if (value is null)
        {
            IsWhole = false;
        }
        else
        {
            write(value);
        }
    }

    private void List<T>(IReadOnlyList<T> list, Action<T> write)
    {
        text.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            text.Append(i == 0 ? "" : ",");
            Value(list[i], write);
        }

        text.Append(']');
    }

    private void Hashes(IReadOnlyList<byte[]> hashes) => List(hashes, hash => Bytes(hash, 32));

    private void Salt(byte[] salt) => Bytes(salt, 16);

    private void Id(Id id) => Bytes(id.ToBytes(), Protocol.Id.Size);

    private void Number(long value, long least = 0, long most = NumberMost)
    {
        IsWhole &= value >= least && value <= most;
        text.Append(CultureInfo.InvariantCulture, $"{value}");
    }

    private void OneOf(string value, params ReadOnlySpan<string> words)
    {
        IsWhole &= words.Contains(value);
        Text(value);
    }

    private void Bytes(byte[] value, int least, int most = 0)
    {
        IsWhole &= value.Length >= least && value.Length <= Math.Max(least, most);
        text.Append('"').Append(Base64Url.Encode(value)).Append('"');
    }

    private void Text(string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var isPair = char.IsSurrogate(c) && i + 1 < value.Length && char.IsSurrogatePair(c, value[i + 1]);
            IsWhole &= c != '\0' && (isPair || !char.IsSurrogate(c));
            _ = isPair ? text.Append(c).Append(value[++i]) : c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                '<' or < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
