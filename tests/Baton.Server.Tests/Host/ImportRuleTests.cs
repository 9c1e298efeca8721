using System.Text.RegularExpressions;

namespace Baton.Server.Tests.Host;

/// <summary>docs/architecture.md, "what it may use", held by reading the sources.</summary>
public sealed partial class ImportRuleTests
{
    private static readonly string Server = Path.Combine(Repository.Root, "src", "Baton.Server");

    [Fact]
    public void The_server_cannot_name_code_that_opens_a_secret()
    {
        var references = typeof(BatonHost).Assembly.GetReferencedAssemblies().Select(name => name.Name);
        Assert.DoesNotContain("Baton.Client", references);
        Assert.DoesNotContain("Baton.Client", Repository.Read("src/Baton.Server/Baton.Server.csproj"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_protocol_uses_the_base_class_library_and_its_makers_cms() => Assert.Equal(
        ["<PackageReference Include=\"System.Security.Cryptography.Pkcs\" />"],
        Repository.Read("src/Baton.Protocol/Baton.Protocol.csproj").Split('\n').Where(line => line.Contains("Reference", StringComparison.Ordinal)).Select(line => line.Trim()));

    [Fact]
    public void A_feature_uses_no_other_feature_than_history()
    {
        foreach (var (file, text) in Sources("Features"))
        {
            var own = Path.GetRelativePath(Path.Combine(Server, "Features"), file).Split(Path.DirectorySeparatorChar)[0];
            foreach (var other in Named(text, "Features"))
            {
                Assert.True(other == own || (other == "History" && own != "History"), $"{file} uses Features.{other}");
            }
        }
    }

    /// <summary>A new endpoint can't bypass the one claim: what reads encrypted bytes stands here, and who calls it asks Claims first.</summary>
    [Fact]
    public void Encrypted_bytes_are_read_behind_the_one_claim_only()
    {
        Assert.Equal(["LinkStore.cs"], Files(new Regex(@"(?<!DELETE )(FROM|JOIN) sealed\b")));
        Assert.Equal(["ChunkStore.cs", "CreateStore.cs", "LinkStore.cs"], Files(new Regex(@"(?<!DELETE )(FROM|JOIN) chunks\b")));
        Assert.Equal(["Claims.cs", "LinkStore.cs"], Files(new Regex(@"\b(SealedIn|FindOpened)\(")));
        Assert.Equal(["LinkEndpoints.cs"], Files(new Regex(@"\blinks\.Chunk\(")));
        Assert.Contains("claims.FindReadBy(", Repository.Read("src/Baton.Server/Features/Handovers/Opening/LinkEndpoints.cs"), StringComparison.Ordinal);

        static IEnumerable<string> Files(Regex reads) =>
            Sources("").Where(source => reads.IsMatch(source.Text)).Select(source => Path.GetFileName(source.File)).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("Storage", "Features", "Security", "Operations")]
    [InlineData("Security", "Features", "Operations")]
    [InlineData("Features", "Operations")]
    [InlineData("Operations", "Features")]
    public void The_lower_does_not_use_the_upper(string folder, params string[] forbidden)
    {
        foreach (var (file, text) in Sources(folder))
        {
            foreach (var upper in forbidden)
            {
                Assert.False(Regex.IsMatch(text, $@"\bBaton\.Server\.{upper}\b|(?<![\w.]){upper}\.[A-Z]"), $"{file} uses {upper}");
            }
        }
    }

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        foreach (var folder in new[] { "src", "tests", "bench", "web/src", "web/test" })
        {
            var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
                .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".ts", StringComparison.Ordinal)
                    || file.EndsWith(".tsx", StringComparison.Ordinal) || file.EndsWith(".css", StringComparison.Ordinal));
            foreach (var file in files)
            {
                Assert.True(File.ReadAllLines(file).Length <= 400, $"{file} is longer than 400 lines");
            }
        }
    }

    [Fact]
    public void There_are_at_most_three_suppressions()
    {
        var suppressions = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories))
            .Where(file => Suppression().IsMatch(File.ReadAllText(file)) && !file.EndsWith("ImportRuleTests.cs", StringComparison.Ordinal));
        Assert.True(suppressions.Count() <= 3, string.Join('\n', suppressions));
    }

    private static IEnumerable<(string File, string Text)> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Server, folder), "*.cs", SearchOption.AllDirectories).Select(file => (file, File.ReadAllText(file)));

    private static IEnumerable<string> Named(string text, string folder) =>
        Regex.Matches(text, $@"\b{folder}\.(\w+)").Select(match => match.Groups[1].Value).Distinct();

    [GeneratedRegex(@"#pragma warning disable|\[(assembly: )?(System\.Diagnostics\.CodeAnalysis\.)?SuppressMessage")]
    private static partial Regex Suppression();
}
