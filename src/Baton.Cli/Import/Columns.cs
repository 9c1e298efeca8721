namespace Baton.Cli.Import;

/// <summary>What a column of a password manager's export is taken as.</summary>
internal enum Target
{
    Skip,
    Title,
    Url,
    Username,
    Password,
    Totp,
    Notes,

    /// <summary>Bitwarden: login, note, card, identity.</summary>
    Type,

    /// <summary>Bitwarden: "name: value", one a line.</summary>
    Fields,

    /// <summary>A path: KeePassXC's with its database in front, Bitwarden's with slashes, LastPass's with backslashes.</summary>
    Group,
    Folder,
    Tags,
    Favourite,
    Created,
    Changed,
}

/// <summary>The column names of KeePassXC, Bitwarden, 1Password, LastPass, Chrome and Firefox, and those that people use in lists of their own.</summary>
internal static class Columns
{
    private static readonly Dictionary<string, Target> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["title"] = Target.Title, ["name"] = Target.Title, ["account"] = Target.Title, ["service"] = Target.Title, ["system"] = Target.Title,
        ["tytuł"] = Target.Title, ["nazwa"] = Target.Title, ["usługa"] = Target.Title, ["titel"] = Target.Title, ["bezeichnung"] = Target.Title,
        ["url"] = Target.Url, ["login_uri"] = Target.Url, ["uri"] = Target.Url, ["website"] = Target.Url, ["address"] = Target.Url, ["link"] = Target.Url,
        ["host"] = Target.Url, ["adres"] = Target.Url, ["strona"] = Target.Url, ["adresse"] = Target.Url, ["webseite"] = Target.Url,
        ["username"] = Target.Username, ["login_username"] = Target.Username, ["user name"] = Target.Username, ["user"] = Target.Username,
        ["login"] = Target.Username, ["login name"] = Target.Username, ["e-mail"] = Target.Username, ["email"] = Target.Username,
        ["użytkownik"] = Target.Username, ["nazwa użytkownika"] = Target.Username, ["benutzername"] = Target.Username, ["benutzer"] = Target.Username,
        ["password"] = Target.Password, ["login_password"] = Target.Password, ["pass"] = Target.Password, ["pwd"] = Target.Password,
        ["secret"] = Target.Password, ["hasło"] = Target.Password, ["passwort"] = Target.Password, ["kennwort"] = Target.Password,
        ["totp"] = Target.Totp, ["login_totp"] = Target.Totp, ["otpauth"] = Target.Totp, ["otp"] = Target.Totp, ["2fa"] = Target.Totp,
        ["notes"] = Target.Notes, ["note"] = Target.Notes, ["extra"] = Target.Notes, ["comment"] = Target.Notes, ["comments"] = Target.Notes,
        ["description"] = Target.Notes, ["uwagi"] = Target.Notes, ["notatki"] = Target.Notes, ["opis"] = Target.Notes, ["notizen"] = Target.Notes,
        ["type"] = Target.Type, ["fields"] = Target.Fields,
        ["group"] = Target.Group, ["folder"] = Target.Folder, ["grouping"] = Target.Folder, ["ordner"] = Target.Folder, ["grupa"] = Target.Folder,
        ["tags"] = Target.Tags, ["favorite"] = Target.Favourite, ["favourite"] = Target.Favourite, ["fav"] = Target.Favourite,
        ["created"] = Target.Created, ["last modified"] = Target.Changed, ["changed"] = Target.Changed,
    };

    /// <summary>What each column is; false where no name is known, so that the first row is probably data. A second column for the same thing is skipped.</summary>
    public static bool TryRead(string[] names, out Target[] targets)
    {
        var taken = new HashSet<Target>();
        targets = [.. names.Select(name => Known.TryGetValue(name.Trim(), out var target) && taken.Add(target) ? target : Target.Skip)];
        return taken.Any(target => target <= Target.Notes);
    }
}
