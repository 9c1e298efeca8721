using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baton.Cli.Import;
using Baton.Cli.Output;

namespace Baton.Cli;

/// <summary>
/// The person, or the script, at the other end. Results go to standard output, everything said to a person to standard error.
/// Secrets are asked for without echo and never taken from the command line.
/// </summary>
internal sealed class Terminal(bool json)
{
    /// <summary>Whether results are JSON.</summary>
    public bool Json { get; } = json;

    /// <summary>Whether there is somebody to ask.</summary>
    public static bool CanAsk => !Console.IsInputRedirected;

    /// <summary>A line of a result for people.</summary>
    public static void Write(string line = "") => Console.Out.WriteLine(line);

    /// <summary>A result for programs.</summary>
    public static void WriteJson<T>(T value, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>Something said beside the result.</summary>
    public static void Say(string line) => Console.Error.WriteLine(line);

    /// <summary>How a command failed.</summary>
    public void Fail(ExitCode code, string error, string? hint)
    {
        if (Json)
        {
            Console.Error.WriteLine(JsonSerializer.Serialize(new Failure(code.ToString().ToLowerInvariant(), error, hint), CliJson.Shared.Failure));
            return;
        }

        Console.Error.WriteLine("error: " + error);
        if (hint is not null)
        {
            Console.Error.WriteLine("hint:  " + hint);
        }
    }

    /// <summary>Asks for one line, shown as it is typed.</summary>
    public static string Ask(string question, string otherwise)
    {
        if (!CanAsk)
        {
            throw new CommandFailedException(ExitCode.Usage, $"There is no terminal to ask for: {question}", otherwise);
        }

        Console.Error.Write(question + ": ");
        return Console.In.ReadLine() ?? "";
    }

    /// <summary>Asks for a secret, without echo; or takes the first line of a file.</summary>
    /// <param name="file">A path, also /dev/fd/N for a file descriptor of the caller's.</param>
    /// <param name="otherwise">What to do where nobody can be asked.</param>
    public static string AskSecret(string question, string? file, string otherwise)
    {
        if (file is not null)
        {
            return InputFile.FirstLine(file);
        }

        if (!CanAsk)
        {
            throw new CommandFailedException(ExitCode.Usage, $"There is no terminal to ask for: {question}", otherwise);
        }

        Console.Error.Write(question + ": ");
        var secret = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.Error.WriteLine();
                return secret.ToString();
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                secret.Length = Math.Max(0, secret.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.Append(key.KeyChar);
            }
        }
    }
}

/// <summary>What is read from files that the command line names; <c>-</c> is standard input.</summary>
internal static class InputFile
{
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>The whole text.</summary>
    /// <exception cref="CommandFailedException">It can't be read, is too large, or is no UTF-8.</exception>
    public static string Text(string path)
    {
        try
        {
            using var source = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            var bytes = new MemoryStream();
            var buffer = new byte[65_536];
            for (var read = source.Read(buffer); read > 0; read = source.Read(buffer))
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaxBytes)
                {
                    throw new CommandFailedException(ExitCode.Input, $"{path} is larger than 8 MiB.", "Hand files over with --attach.");
                }
            }

            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Input, fault.Message);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFailedException(ExitCode.Input, $"{path} is not UTF-8.", "iconv -f WINDOWS-1250 -t UTF-8 converts a file from an older Windows.");
        }
    }

    /// <summary>The first line, for secrets.</summary>
    public static string FirstLine(string path)
    {
        var text = Text(path);
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
