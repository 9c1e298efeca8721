using System.Text.RegularExpressions;

namespace Baton.EndToEnd.Tests;

/// <summary>The threat model names the test that holds each claim; a test that is gone leaves a claim that nobody holds.</summary>
public sealed partial class ThreatModelTests
{
    [Fact]
    public async Task Every_test_that_the_threat_model_names_is_there()
    {
        var cancel = TestContext.Current.CancellationToken;
        var named = TestName().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "spec", "threat-model.md"), cancel)).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Folder, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            there.UnionWith(Method().Matches(await File.ReadAllTextAsync(file, cancel)).Select(match => match.Groups["name"].Value));
        }

        Assert.True(named.Count > 20);
        Assert.Empty(named.Except(there, StringComparer.Ordinal));
    }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){2,})`", RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();

    [GeneratedRegex("public (async Task|Task|void) (?<name>\\w+)\\(", RegexOptions.ExplicitCapture)]
    private static partial Regex Method();
}
