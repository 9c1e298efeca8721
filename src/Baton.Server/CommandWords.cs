using System.Collections;
using Baton.Server.Storage;

namespace Baton.Server;

/// <summary>The words of an operator's command without those that say where the stores are, and where they are: options as the server takes them, or its variables.</summary>
internal sealed record CommandWords(IReadOnlyList<string> Words, StorePlaces Places)
{
    private static readonly string[] Settings = ["data", "database", "database-file", "shares", "shares-file"];

    /// <exception cref="RefusedToStartException">One of these options has no value, or one that can't be.</exception>
    public static CommandWords Of(IReadOnlyList<string> args)
    {
        var words = new List<string>();
        var settings = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var own = BatonOptions.Settings.Any(setting =>
                Settings.Contains(setting.Name) && (args[i] == setting.Option || args[i].StartsWith(setting.Option + "=", StringComparison.Ordinal)));
            (own ? settings : words).Add(args[i]);
            if (own && !args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Count)
            {
                settings.Add(args[++i]);
            }
        }

        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => BatonOptions.Settings.Any(setting => Settings.Contains(setting.Name) && setting.Variable == (string)variable.Key))
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
        var options = BatonOptions.Read(settings, environment);
        return new CommandWords(words, new StorePlaces(Path.GetFullPath(options.Data), options.Database, options.Shares));
    }
}
