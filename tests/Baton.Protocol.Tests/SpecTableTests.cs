using System.Text.RegularExpressions;
using Baton.Protocol.Encoding;
using Baton.Protocol.Ledger;
using Baton.Protocol.Tests.Vectors;
using Baton.Protocol.Wire;
using Xunit;

namespace Baton.Protocol.Tests;

public sealed partial class SpecTableTests
{
    [Fact]
    public void Every_label_of_the_spec_is_in_the_code_and_no_other()
    {
        Assert.Equal(FirstColumn("keys.md", 1), DerivePurpose.All);
        Assert.Equal(FirstColumn("keys.md", 2), SealPurpose.All);
        Assert.Equal(FirstColumn("keys.md", 3), SignPurpose.All);
        Assert.Equal(FirstColumn("keys.md", 7), CommitmentLabel.All);
        Assert.Contains($"\"baton/1/{HpkePurpose.GroupKey}\"", Spec("keys.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_and_rights_have_the_numbers_and_words_of_the_spec()
    {
        var spec = Spec("keys.md");
        Assert.Contains(string.Join(", ", Enum.GetValues<Role>().Select(role => $"{(int)role} {role.Word()}")), spec, StringComparison.Ordinal);
        Assert.Contains(
            string.Join(", ", Enum.GetValues<Right>().Where(right => right != Right.None).Select(right => $"{(int)right} {right.Word()}")), spec, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_are_those_of_the_table()
    {
        var rows = ProblemRow().Matches(Spec("api.md")).Select(row => (row.Groups["name"].Value, int.Parse(row.Groups["status"].Value, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(rows, ProblemType.All.Select(problem => (problem.Name, problem.Status)));
    }

    [Fact]
    public void Statuses_of_a_receipt_are_those_of_the_spec() =>
        Assert.Contains($"status: {string.Join(", ", ReceiptStatement.Statuses)};", Spec("handover.md"), StringComparison.Ordinal);

    private static string Spec(string name) => File.ReadAllText(Path.Combine(Vector.Repository(), "spec", name));

    private static List<string> FirstColumn(string name, int section)
    {
        var text = Spec(name).Split("\n## ").Single(part => part.StartsWith($"{section} ", StringComparison.Ordinal));
        return [.. LabelRow().Matches(text).Select(row => row.Groups["name"].Value)];
    }

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex LabelRow();

    [GeneratedRegex(@"^\| `(?<name>[a-z-]+)` \| (?<status>\d{3}) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ProblemRow();
}
