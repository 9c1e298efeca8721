using System.Text.Json.Nodes;

namespace Baton.Protocol.Tests.Vectors;

/// <summary>One file of spec/vectors. The shape is described in spec/vectors/README.md.</summary>
internal sealed record Vector(string Operation, string About, IReadOnlyList<VectorCase> Cases)
{
    public static string Folder { get; } = Path.Combine(Repository(), "spec", "vectors");

    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static Vector Load(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!;
        return new Vector(
            json["operation"]!.GetValue<string>(),
            json["about"]!.GetValue<string>(),
            [.. json["cases"]!.AsArray().Select(node => new VectorCase(node!["input"]!.AsObject(), node["output"]?.AsObject(), node["refused"]?.GetValue<string>()))]);
    }

    /// <summary>The folder of this repository, above wherever the tests were built.</summary>
    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Baton.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}

/// <summary>Input and either the output or a word for why it is refused.</summary>
internal sealed record VectorCase(JsonObject Input, JsonObject? Output, string? Refused);

/// <summary>What an operation answered. The fault is compared only where an implementation has to tell the reasons apart.</summary>
internal readonly record struct Answer(JsonObject? Output, string? Fault = null)
{
    public static Answer Refused { get; } = new(null);

    public static Answer Of(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var output = new JsonObject();
        foreach (var (name, value) in members)
        {
            output[name] = value;
        }

        return new Answer(output);
    }

    public static Answer When(bool accepted) => accepted ? Of() : Refused;
}

internal static class JsonInput
{
    public static string Text(this JsonObject input, string name) => input[name]!.GetValue<string>();

    public static byte[] Hex(this JsonObject input, string name) => Convert.FromHexString(input.Text(name));

    public static int Number(this JsonObject input, string name) => input[name]!.GetValue<int>();

    public static Id Id(this JsonObject input, string name) => new(input.Hex(name));

    public static string ToHex(this byte[] bytes) => Convert.ToHexStringLower(bytes);
}
