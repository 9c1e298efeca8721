using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Baton.Protocol.Tests.Evidence;

/// <summary>The commands of spec/evidence.md §5, exactly as they stand there, run in a folder of their own.</summary>
/// <param name="repository">Its folder.</param>
internal sealed partial class ByHand(string repository) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("baton-by-hand-");

    /// <param name="page">The evidence.</param>
    /// <param name="key">The ledger's verifying key as somebody knows it.</param>
    /// <param name="roots">A file with the authorities' roots; null where there are no stamps.</param>
    /// <returns>The exit code and everything that was said.</returns>
    public (int ExitCode, string Said) Run(string page, string key, string? roots = null)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "evidence.html"), page);
        File.WriteAllText(Path.Combine(folder.FullName, "ledger.vkey"), key + "\n");
        if (roots is not null)
        {
            File.Copy(roots, Path.Combine(folder.FullName, "roots.pem"), overwrite: true);
        }

        File.WriteAllText(Path.Combine(folder.FullName, "by-hand.sh"), Commands());
        var start = new ProcessStartInfo("bash", ["-c", "exec bash by-hand.sh 2>&1"]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, UseShellExecute = false };
        using var bash = Process.Start(start)!;
        var said = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return (bash.ExitCode, said);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Commands()
    {
        var spec = File.ReadAllText(Path.Combine(repository, "spec", "evidence.md"));
        var blocks = Block().Matches(spec[spec.IndexOf("## 5 By hand", StringComparison.Ordinal)..]);
        Assert.Equal(9, blocks.Count);
        return string.Join('\n', blocks.Select(block => block.Groups["commands"].Value));
    }

    [GeneratedRegex("```bash\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
