using System.Text;

namespace Baton.Cli.Import;

/// <summary>
/// Comma-separated values (RFC 4180) as password managers write them: quoted fields hold commas, line ends and doubled quotes;
/// lines end in CR LF, LF or CR; a byte order mark is skipped; semicolons and tabs separate where the first line has them instead of commas.
/// </summary>
internal static class Csv
{
    /// <summary>The rows; empty lines are left out. False for a quote that is never closed, with the line where it was opened.</summary>
    public static bool TryParse(string text, out List<string[]> rows, out int faultyLine)
    {
        rows = [];
        var body = text.AsSpan().TrimStart('\uFEFF');
        var separator = SeparatorOf(body);
        var row = new List<string>();
        var field = new StringBuilder();
        var line = 1;
        faultyLine = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var character = body[i];
            if (character == '"' && field.Length == 0)
            {
                var opened = line;
                var end = Quoted(body, i + 1, field, ref line);
                if (end < 0)
                {
                    faultyLine = opened;
                    return false;
                }

                i = end;
            }
            else if (character == separator)
            {
                row.Add(field.ToString());
                field.Clear();
            }
            else if (character is '\r' or '\n')
            {
                if (character == '\r' && i + 1 < body.Length && body[i + 1] == '\n')
                {
                    i++;
                }

                line++;
                EndRow(rows, row, field);
            }
            else
            {
                field.Append(character);
            }
        }

        EndRow(rows, row, field);
        return true;
    }

    /// <summary>One field as it is written.</summary>
    public static string Field(string value) => "\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    // Reads up to the closing quote and returns its place; -1 where there is none.
    private static int Quoted(ReadOnlySpan<char> text, int start, StringBuilder field, ref int line)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                line += text[i] == '\n' ? 1 : 0;
                field.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else
            {
                return i;
            }
        }

        return -1;
    }

    private static void EndRow(List<string[]> rows, List<string> row, StringBuilder field)
    {
        if (row.Count > 0 || field.Length > 0)
        {
            row.Add(field.ToString());
            rows.Add([.. row]);
        }

        row.Clear();
        field.Clear();
    }

    private static char SeparatorOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        var first = end < 0 ? text : text[..end];
        return first.Contains(',') ? ',' : first.Contains(';') ? ';' : first.Contains('\t') ? '\t' : ',';
    }
}
