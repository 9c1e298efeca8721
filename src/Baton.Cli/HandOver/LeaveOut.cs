using Baton.Client.Sealing;

namespace Baton.Cli.HandOver;

/// <summary>Fields that are not handed over.</summary>
internal static class LeaveOut
{
    /// <summary>Those that can be named.</summary>
    public static readonly string[] Names = ["totp", "notes", "url", "username", "password", "fields", "files", "none"];

    public static string[] Parse(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names.FirstOrDefault(name => !Names.Contains(name, StringComparer.Ordinal));
        return unknown is null ? names : throw new CommandFailedException(ExitCode.Usage, $"--leave-out knows no field {unknown}.", string.Join(", ", Names));
    }

    /// <summary>The entries without them. What was left out is told only where there was something: nobody should look for a seed that never was.</summary>
    public static (IReadOnlyList<Entry> Entries, IReadOnlyList<string> LeftOut) Apply(IReadOnlyList<Entry> entries, string[] names)
    {
        bool Out(string name) => names.Contains(name, StringComparer.Ordinal);
        var found = names.Where(name => entries.Any(entry => name switch
        {
            "totp" => entry.Totp is not null,
            "notes" => entry.Notes is not null,
            "url" => entry.Url is not null,
            "username" => entry.Username is not null,
            "password" => entry.Password is not null,
            "fields" => entry.Fields is not null,
            _ => false,
        }));
        return (
            [.. entries.Select(entry => entry with
            {
                Totp = Out("totp") ? null : entry.Totp,
                Notes = Out("notes") ? null : entry.Notes,
                Url = Out("url") ? null : entry.Url,
                Username = Out("username") ? null : entry.Username,
                Password = Out("password") ? null : entry.Password,
                Fields = Out("fields") ? null : entry.Fields,
            })],
            [.. found]);
    }
}
