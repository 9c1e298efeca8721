using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>
/// A terminal session as a text: <c>$</c> a command, <c>&lt;</c> a line of its standard input, <c>!</c> a line of standard error,
/// <c>[3]</c> an exit code other than 0, <c>#</c> a comment, all else standard output. <c>{name}</c> stands for a value: known ones
/// are filled in, others are whatever <see cref="Patterns"/> says and known from then on (<c>{link2}</c> is another link).
/// </summary>
internal sealed partial class Transcript
{
    private static readonly Dictionary<string, string> Patterns = new(StringComparer.Ordinal)
    {
        ["link"] = "\\S+/h#[0-9a-z]{56}",
        ["words"] = "[a-z]+(?:-[a-z]+){3}",
        ["id"] = "[\\w-]{22}",
        ["time"] = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d",
        ["milliseconds"] = "\\d{13}",
        ["code"] = "\\d{6}",
        ["recovery"] = "[0-9a-z]{4}(?:-[0-9a-z]{4}){13}",
    };

    private readonly Dictionary<string, string> values;
    private readonly string folder;

    public Transcript(Dictionary<string, string> values, string folder)
    {
        this.values = values;
        this.folder = folder;
    }

    /// <summary>Runs every command of the text and compares what comes.</summary>
    public async Task Run(string text, CancellationToken cancel)
    {
        foreach (var step in Step.Read(text))
        {
            await Run(step, cancel);
        }
    }

    private async Task Run(Step step, CancellationToken cancel)
    {
        var arguments = Words().Matches(step.Command).Select(word => Fill(word.Groups["quoted"].Success ? word.Groups["quoted"].Value : word.Value)).ToList();
        Assert.Equal("baton", arguments[0]);
        var said = await new Terminal(folder).Baton(
            arguments.Skip(1).Select(argument => argument.Replace("~/", folder + "/", StringComparison.Ordinal)), step.Input.Select(Fill), cancel);
        var heard = new StringBuilder();
        heard.Append(Relative(said.Output));
        heard.Append(string.Concat(Relative(said.Errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => "! " + line + "\n")));
        if (said.ExitCode != 0)
        {
            heard.Append('[').Append(said.ExitCode).Append("]\n");
        }

        Compare(step, heard.ToString().TrimEnd('\n') + "\n");
    }

    private void Compare(Step step, string heard)
    {
        var names = new List<string>();
        var pattern = new StringBuilder("^");
        var pieces = Placeholder().Split(step.Expected.TrimEnd('\n') + "\n");
        for (var i = 0; i < pieces.Length; i++)
        {
            var isName = i % 2 == 1;
            if (isName && values.TryGetValue(pieces[i], out var known))
            {
                pattern.Append(Regex.Escape(known));
            }
            else if (isName && Patterns.TryGetValue(pieces[i].TrimEnd('2', '3', '4', '5'), out var unknown))
            {
                pattern.Append("(?<").Append(pieces[i]).Append('>').Append(unknown).Append(')');
                names.Add(pieces[i]);
            }
            else
            {
                pattern.Append(Regex.Escape(isName ? "{" + pieces[i] + "}" : pieces[i]));
            }
        }

        var match = Regex.Match(heard, pattern.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(1));
        Assert.True(match.Success, $"$ {step.Command}\n--- expected\n{step.Expected}--- but heard\n{heard}");
        foreach (var name in names.Where(name => name is not ("time" or "milliseconds" or "code")))
        {
            values[name] = match.Groups[name].Value;
        }
    }

    private string Fill(string text) => Placeholder().Replace(text, match => values.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    private string Relative(string text) => text.Replace(folder + "/", "~/", StringComparison.Ordinal);

    [GeneratedRegex("'(?<quoted>[^']*)'|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex("\\{(?<name>[a-z]+[0-9]?)\\}")]
    private static partial Regex Placeholder();

    private sealed record Step(string Command, List<string> Input, string Expected)
    {
        public static IEnumerable<Step> Read(string text)
        {
            Step? step = null;
            foreach (var line in text.Split('\n'))
            {
                if (line.StartsWith("$ ", StringComparison.Ordinal))
                {
                    if (step is not null)
                    {
                        yield return step;
                    }

                    step = new Step(line[2..], [], "");
                }
                else if (line.StartsWith("< ", StringComparison.Ordinal))
                {
                    step!.Input.Add(line[2..]);
                }
                else if (step is not null && !line.StartsWith("# ", StringComparison.Ordinal) && line != "#")
                {
                    step = step with { Expected = step.Expected + line + "\n" };
                }
            }

            if (step is not null)
            {
                yield return step;
            }
        }
    }
}
