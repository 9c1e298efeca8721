using System.Globalization;

namespace Baton.Cli;

/// <summary>How long a link lives: <c>90m</c>, <c>24h</c>, <c>3d</c>.</summary>
internal static class Life
{
    private const long Least = 300;
    private const long Most = 2_592_000;

    /// <summary>Seconds.</summary>
    /// <param name="where">What the text was given as.</param>
    /// <exception cref="CommandFailedException">It is none.</exception>
    public static uint Of(string text, string where) => TryParse(text, out var seconds)
        ? seconds
        : throw new CommandFailedException(ExitCode.Usage, $"{where} {text} is no life of 5 minutes to 30 days.", "90m, 24h and 3d are.");

    /// <summary>Seconds; false outside of 5 minutes to 30 days.</summary>
    public static bool TryParse(string text, out uint seconds)
    {
        seconds = 0;
        long unit = text.Length == 0 ? 0 : text[^1] switch { 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        if (unit == 0 || !uint.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count * unit is < Least or > Most)
        {
            return false;
        }

        seconds = (uint)(count * unit);
        return true;
    }
}
