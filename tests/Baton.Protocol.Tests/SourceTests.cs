using System.Text.RegularExpressions;
using Baton.Protocol.Tests.Vectors;
using Xunit;

namespace Baton.Protocol.Tests;

/// <summary>Rules of the source that no compiler holds.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void Only_seal_content_files_and_HPKE_encrypt_directly()
    {
        string[] allowed = ["FileChunks.cs", "Hpke.cs", "Seal.cs", "SealedContent.cs"];
        // Import reads what other programs have encrypted, and writes it for them.
        var found = Sources("src").Where(file => !file.Contains($"Baton.Cli{Path.DirectorySeparatorChar}Import", StringComparison.Ordinal)).Where(file => Cipher().IsMatch(File.ReadAllText(file))).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
        Assert.Equal(allowed, found, StringComparer.Ordinal);
    }

    [Fact]
    public void What_both_sides_agree_on_has_no_clock_no_randomness_and_no_input_or_output() =>
        Assert.DoesNotContain(
            Sources("src/Baton.Protocol").Where(file => Path.GetFileName(file) != "TimeStamp.cs"), // Speaks of times that it is given, to an API that knows them by no other type.
            file => Outside().IsMatch(File.ReadAllText(file)));

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Vector.Repository(), folder), "*.cs", SearchOption.AllDirectories);

    [GeneratedRegex(@"\b(AesGcm|AesCcm|Aes|ChaCha20Poly1305|TripleDES|RC2)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Cipher();

    [GeneratedRegex(@"\b(TimeProvider|DateTimeOffset|DateTime|RandomNumberGenerator|HttpClient|Stream)\b|(?<!\.)\b(File|Directory|Environment|Console)\.[A-Z]", RegexOptions.ExplicitCapture)]
    private static partial Regex Outside();
}
