using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Baton.Cli.Output;
using Baton.Client.Evidence;
using Baton.Protocol.Evidence;

namespace Baton.Cli.Evidence;

/// <summary>`baton evidence verify FILE`: the eleven steps of spec/evidence.md §4, without any server. Ends with 1 when one failed.</summary>
internal static class VerifyCommand
{
    /// <summary>A page of the largest machine part.</summary>
    private const long Most = 4L * EvidenceText.Most;

    private static readonly Argument<string> Evidence = new("file") { HelpName = "FILE", Description = "A page or its machine part" };
    private static readonly Option<string?> Key = new("--key") { HelpName = "VKEY", Description = "The ledger's verifying key as you know it, or a file that holds it" };
    private static readonly Option<string?> Roots = new("--timestamp-roots") { HelpName = "PEM", Description = "Root certificates of the time-stamping authorities you trust" };

    public static Command Make()
    {
        var command = new Command("verify", "Check a piece of evidence, step by step; needs no server and no sign-in") { Evidence, Key, Roots };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(Evidence);
        var verification = EvidenceVerification.Of(Read(path), KeyOf(parsed.GetValue(Key)), RootsOf(parsed.GetValue(Roots)));
        if (parsed.GetValue(BatonCommand.Json))
        {
            Terminal.WriteJson(VerifiedShown.Of(verification, path), Import.CliJson.Shared.VerifiedShown);
        }
        else
        {
            Show(verification);
        }

        return verification.Verdict == Verdict.Failed ? (int)ExitCode.Unexpected : (int)ExitCode.Done;
    }

    private static void Show(EvidenceVerification verification)
    {
        foreach (var step in verification.Steps)
        {
            Terminal.Write(Safe.Line(string.Create(
                CultureInfo.InvariantCulture, $"{step.Number,2} {step.Name,-12} {Word(step.Verdict),-9}{(step.Where is null ? WordsOf(step) : $"at {step.Where}")}")).TrimEnd());
        }

        Terminal.Write();
        if (verification.File is { } file)
        {
            Terminal.Write(Safe.Line($"{(file.Composer is { } composer ? $"{composer.Name}, {file.Organization.Name}" : "The recipient's page")}, {Times.Local(file.Composed)}; log {file.Logs[^1].Origin}"));
            foreach (var graded in verification.Grades ?? [])
            {
                Terminal.Write(Safe.Line($"{graded.Handover}  {graded.Words}"));
            }

            Terminal.Write();
        }

        Terminal.Write(verification.Verdict switch
        {
            Verdict.Failed => "NOT VALID. Do not rely on anything in this file.",
            Verdict.Ok => "Valid.",
            _ => "Valid as far as it goes: the ledger's key is known from this file alone. --key VKEY takes it as you know it.",
        });
    }

    private static string WordsOf(EvidenceStep step) => (step.Name, step.Verdict) switch
    {
        ("signature", Verdict.Unknown) => "the key is known from this file alone",
        ("stamps", Verdict.Unknown) => "the authorities are known from this file alone: --timestamp-roots PEM",
        (_, Verdict.None) => "nothing of that kind in this file",
        _ => "",
    };

    public static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private static byte[] Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= Most ? File.ReadAllBytes(path) : throw new CommandFailedException(ExitCode.Input, $"{path} is larger than any evidence.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Input, fault.Message);
        }
    }

    private static string? KeyOf(string? given) => given is not null && File.Exists(given) ? InputFile.FirstLine(given) : given;

    private static X509Certificate2Collection? RootsOf(string? path) =>
        path is null ? null
        : TimeStamp.TryReadRoots(InputFile.Text(path), out var roots) ? roots
        : throw new CommandFailedException(ExitCode.Input, $"{path} holds no certificate.", "It takes certificates in PEM.");
}

/// <summary>What --json writes of a verification.</summary>
/// <param name="Key">The newest log's key as the file has it.</param>
internal sealed record VerifiedShown(string File, string Verdict, IReadOnlyList<StepShown> Steps, IReadOnlyList<GradedShown>? Handovers, string? Key)
{
    public static VerifiedShown Of(EvidenceVerification verification, string path) => new(
        path, VerifyCommand.Word(verification.Verdict),
        [.. verification.Steps.Select(step => new StepShown(step.Number, step.Name, VerifyCommand.Word(step.Verdict), step.Where))],
        verification.Grades?.Select(graded => new GradedShown(graded.Handover.ToString(), graded.Grades, graded.Words)).ToList(), verification.File?.Logs[^1].Key);
}

internal sealed record StepShown(int Number, string Name, string Verdict, string? Where);

internal sealed record GradedShown(string Handover, IReadOnlyList<string> Grades, string Words);
