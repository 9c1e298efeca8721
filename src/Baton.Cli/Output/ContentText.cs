using Baton.Client.Sealing;

namespace Baton.Cli.Output;

/// <summary>A content for people: one block for each entry.</summary>
internal static class ContentText
{
    public static void Write(Content content)
    {
        Terminal.Write(Safe.Text($"{content.Organization.Name} ({content.Sender.Name})") + (content.Recipient.Length == 0 ? "" : Safe.Text($" → {content.Recipient}")));
        if (content.Message is { Length: > 0 } message)
        {
            Terminal.Write();
            Lines("  ", message);
        }

        for (var i = 0; i < content.Entries.Count; i++)
        {
            var entry = content.Entries[i];
            Terminal.Write();
            Terminal.Write(Safe.Text($"{i + 1}. {entry.Title}"));
            Field("url", entry.Url);
            Field("username", entry.Username);
            Field("password", entry.Password);
            Field("totp", entry.Totp);
            foreach (var field in entry.Fields ?? [])
            {
                Field(field.Name, field.Value);
            }

            foreach (var index in entry.Files ?? [])
            {
                Field("file", content.Files![index].Name);
            }

            Field("notes", entry.Notes);
        }
    }

    public static void Field(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        if (value.Contains('\n', StringComparison.Ordinal))
        {
            Terminal.Write($"   {Safe.Text(name)}:");
            Lines("     ", value);
        }
        else
        {
            Terminal.Write($"   {Safe.Text(name).PadRight(10)} {Safe.Text(value)}");
        }
    }

    private static void Lines(string indent, string text)
    {
        foreach (var line in text.Split('\n'))
        {
            Terminal.Write((indent + Safe.Text(line)).TrimEnd());
        }
    }
}
