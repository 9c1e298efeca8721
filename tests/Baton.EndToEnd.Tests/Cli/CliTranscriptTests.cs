using Xunit;

namespace Baton.EndToEnd.Tests.Cli;

/// <summary>Every transcript runs the real `baton` against the real server, from an empty installation on.</summary>
public sealed class CliTranscriptTests
{
    private static string Folder => Path.Combine(Repository.Folder, "tests", "Baton.EndToEnd.Tests", "Cli", "Transcripts");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_terminal_says_what_the_transcript_says(string name)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await Product.Start();
        var home = Directory.CreateTempSubdirectory("baton-home-").FullName;
        try
        {
            Files(home, server);
            var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["server"] = server.Origin };
            await new Transcript(values, home).Run(await File.ReadAllTextAsync(Path.Combine(Folder, name + ".txt"), cancel), cancel);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    // What the transcripts find in ~/.
    private static void Files(string home, Product server)
    {
        File.WriteAllText(Path.Combine(home, "code"), server.SetupCode + "\n");
        File.WriteAllText(Path.Combine(home, "master"), "correct horse battery\n");
        File.WriteAllText(Path.Combine(home, "wrong"), "correct horse candle\n");
        File.WriteAllText(Path.Combine(home, "seed"), "jbsw y3dp ehpk 3pxp\n");
        File.WriteAllText(Path.Combine(home, "second"), "a second long password\n");
        File.WriteAllText(Path.Combine(home, "access"), "Kaczka, żółw – 7\n");
        File.Copy(Path.Combine(Repository.Folder, "examples", "handover.csv"), Path.Combine(home, "handover.csv"));
        File.WriteAllText(Path.Combine(home, "two.csv"), "name,url,username,password,note\nPanel,https://panel.example,ewa,\"a \"\"b\"\", c\",\nWi-Fi,,,hunter2,attic\n");
        File.WriteAllText(Path.Combine(home, "open-quote.csv"), "Title,Password\nPanel,\"never closed\n");
        File.WriteAllText(Path.Combine(home, "colours.csv"), "red,green\n1,2\n");
        File.WriteAllText(Path.Combine(home, "empty.csv"), "Title,Password\n");
        File.WriteAllBytes(Path.Combine(home, "plan.bin"), [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i % 253))]);
        File.WriteAllText(Path.Combine(home, "evil.json"), """{"entries":[{"title":"\u001b]0;owned\u0007Panel\u202egnp.exe","password":"p\u001b[2J"}]}""");
    }
}
