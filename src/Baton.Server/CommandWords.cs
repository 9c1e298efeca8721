using System.Collections;

namespace Baton.Server;

/// <summary>The words of an operator's command, without its --data, and the data directory that --data or BATON_DATA names.</summary>
internal sealed record CommandWords(IReadOnlyList<string> Words, string Data)
{
    /// <exception cref="Storage.RefusedToStartException">--data has no value.</exception>
    public static CommandWords Of(IReadOnlyList<string> args)
    {
        var words = new List<string>(args);
        var settings = new List<string>();
        var at = words.FindIndex(word => word == "--data" || word.StartsWith("--data=", StringComparison.Ordinal));
        if (at >= 0)
        {
            var count = words[at] == "--data" ? Math.Min(2, words.Count - at) : 1;
            settings.AddRange(words.GetRange(at, count));
            words.RemoveRange(at, count);
        }

        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => (string)variable.Key == "BATON_DATA")
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
        return new CommandWords(words, Path.GetFullPath(BatonOptions.Read(settings, environment).Data));
    }
}
