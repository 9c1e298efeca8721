using System.Text.Json.Nodes;
using Baton.Protocol.Evidence;
using Baton.Protocol.Tests.Generator;
using Baton.Protocol.Tests.Vectors;
using Baton.Server.Tests.Stamps;
using Xunit;

namespace Baton.Protocol.Tests.Evidence;

/// <summary>
/// spec/vectors/timestamps: tokens of an authority that lived for this once. BATON_WRITE_TIMESTAMPS=1 makes all of them anew, under a new root:
/// a token for each note that stands there, and a renewal of it. For who checks step 6 of spec/evidence.md.
/// </summary>
public sealed class TimeStampVectorTests
{
    private static readonly string Folder = Path.Combine(Vector.Folder, "timestamps");

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    static TimeStampVectorTests()
    {
        if (Environment.GetEnvironmentVariable("BATON_WRITE_TIMESTAMPS") == "1")
        {
            Write();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_vector_gives_what_it_says(string name)
    {
        var vector = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;
        Assert.Equal("timestamps.hold", vector["operation"]!.GetValue<string>());
        foreach (var example in vector["cases"]!.AsArray().Select(one => one!.AsObject()))
        {
            var input = example["input"]!.AsObject();
            var stamps = input["stamps"]!.AsArray().Select(one => new EvidenceStamp("https://time.example", one!.AsObject().Hex("token"), one["renews"]?.GetValue<int>())).ToList();
            Assert.True(TimeStamp.TryReadRoots(File.ReadAllText(Path.Combine(Folder, input.Text("roots"))), out var roots));
            Assert.Equal(example["refused"] is null, TimeStamp.AllHold(input.Text("note"), stamps, roots));
            if (example["output"] is { } output)
            {
                Assert.True(JsonNode.DeepEquals(output["times"], Times(input.Text("note"), stamps)), output.ToJsonString());
            }
        }
    }

    [Fact]
    public void Every_note_has_its_token_and_a_renewal_of_it()
    {
        var notes = Directory.GetFiles(Folder, "*.note");
        Assert.NotEmpty(notes);
        Assert.True(TimeStamp.TryReadRoots(File.ReadAllText(Path.Combine(Folder, "root.pem")), out var roots));
        foreach (var note in notes)
        {
            var (token, renewal) = (File.ReadAllBytes(Path.ChangeExtension(note, "tst")), File.ReadAllBytes(Path.ChangeExtension(note, "renewal.tst")));
            Assert.True(TimeStamp.AllHold(File.ReadAllText(note), [Stamp(token), Stamp(renewal, 0)], roots), note);
        }
    }

    private static JsonArray Times(string note, List<EvidenceStamp> stamps)
    {
        var times = new JsonArray();
        foreach (var stamp in stamps)
        {
            var message = stamp.Renews is { } renewed ? TimeStamp.Message(note, stamps[renewed].Token) : TimeStamp.Message(note);
            times.Add(TimeStamp.TryRead(stamp.Token, message, out var read) ? read.Time : 0);
        }

        return times;
    }

    private static EvidenceStamp Stamp(byte[] token, int? renews = null) => new("https://time.example", token, renews);

    private static void Write()
    {
        using var authority = new OpenSslAuthority();
        using var other = new OpenSslAuthority();
        File.Copy(authority.Roots, Path.Combine(Folder, "root.pem"), overwrite: true);
        File.Copy(other.Roots, Path.Combine(Folder, "other-root.pem"), overwrite: true);
        foreach (var file in Directory.GetFiles(Folder, "*.note"))
        {
            var text = File.ReadAllText(file);
            var first = authority.Stamp(TimeStamp.Message(text));
            File.WriteAllBytes(Path.ChangeExtension(file, "tst"), first);
            File.WriteAllBytes(Path.ChangeExtension(file, "renewal.tst"), authority.Stamp(TimeStamp.Message(text, first)));
        }

        const string note = "baton.example/log\n3\nu7EFYbVQ3cD7V9w0OvUcyZ0eq6Tu6rV4zYd5dKhRBDA=\n\n— baton.example/log AAAAAAA=\n";
        var token = authority.Stamp(TimeStamp.Message(note));
        var renewal = authority.Stamp(TimeStamp.Message(note, token));
        Good("stamp", "One token over the note.", note, Stamp(token));
        Good("renewal", "A token, and a later one over note and token.", note, Stamp(token), Stamp(renewal, 0));
        Bad("stamp-other-note", "The note of another size.", "message", note.Replace("\n3\n", "\n4\n", StringComparison.Ordinal), Stamp(token));
        Bad("stamp-other-root", "The authority stands under another root.", "root", note, "other-root.pem", Stamp(token));
        Bad("stamp-changed", "One byte of the signature is another.", "signature", note, Stamp([.. token[..^1], (byte)(token[^1] ^ 1)]));
        Bad("stamp-cut", "The last byte is missing.", "length", note, Stamp(token[..^1]));
        Bad("stamp-longer", "A byte follows the token.", "length", note, Stamp([.. token, 0]));
        Bad("stamp-sha-1", "Over SHA-1 of the note.", "digest", note, Stamp(authority.Stamp(TimeStamp.Message(note), "-sha1")));
        Bad("renewal-of-another", "The renewal is over another token.", "message", note, Stamp(authority.Stamp(TimeStamp.Message(note))), Stamp(renewal, 0));
        Bad("renewal-as-stamp", "A renewal that names no token that it renews.", "message", note, Stamp(renewal));
    }

    private static void Good(string name, string about, string note, params EvidenceStamp[] stamps)
    {
        var output = new JsonObject { ["times"] = Times(note, [.. stamps]) };
        Write(name, about, new JsonObject { ["input"] = Input(note, "root.pem", stamps), ["output"] = output });
    }

    private static void Bad(string name, string about, string refused, string note, params EvidenceStamp[] stamps) => Bad(name, about, refused, note, "root.pem", stamps);

    private static void Bad(string name, string about, string refused, string note, string roots, params EvidenceStamp[] stamps) =>
        Write(name, about, new JsonObject { ["input"] = Input(note, roots, stamps), ["refused"] = refused });

    private static JsonObject Input(string note, string roots, EvidenceStamp[] stamps)
    {
        var list = new JsonArray();
        foreach (var stamp in stamps)
        {
            var one = new JsonObject { ["token"] = stamp.Token.ToHex() };
            if (stamp.Renews is { } renews)
            {
                one["renews"] = renews;
            }

            list.Add(one);
        }

        return new JsonObject { ["note"] = note, ["roots"] = roots, ["stamps"] = list };
    }

    private static void Write(string name, string about, JsonObject example) =>
        File.WriteAllText(Path.Combine(Folder, name + ".json"), new VectorFile(name, "timestamps.hold", about, [example]).ToText());
}
