using System.Data.Common;
using Baton.Server.Storage;

namespace Baton.Server.Features.Moving;

/// <summary>Rows on their way into a table, many in one statement: a statement for each would spend its time on the way there and back.</summary>
internal sealed class RowWriter(Table table, Connection to)
{
    private const int Together = 32;

    private readonly string many = table.Insert(Together);
    private readonly string one = table.Insert(1);
    private readonly (string, object?)[] waiting = new (string, object?)[table.Columns.Count * Together];
    private readonly string[] names = [.. Enumerable.Range(0, table.Columns.Count * Together).Select(p => "@p" + p)];
    private int count;

    /// <summary>The values of the row that a reader stands on, from a column on.</summary>
    public static object?[] Values(Table table, DbDataReader row, int first = 0)
    {
        var values = new object?[table.Columns.Count];
        for (var column = 0; column < values.Length; column++)
        {
            var value = row.GetValue(first + column);
            values[column] = value is long number && table.Truths[column] ? number != 0 : value is DBNull ? null : value;
        }

        return values;
    }

    public void Add(ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            waiting[count] = (names[count], value);
            count++;
        }

        if (count == waiting.Length)
        {
            to.Execute(many, waiting);
            count = 0;
        }
    }

    /// <summary>Writes what still waits.</summary>
    public void End()
    {
        for (var first = 0; first < count; first += table.Columns.Count)
        {
            var row = waiting.AsSpan(first, table.Columns.Count).ToArray();
            for (var column = 0; column < row.Length; column++)
            {
                row[column].Item1 = names[column];
            }

            to.Execute(one, row);
        }

        count = 0;
        Array.Clear(waiting);
    }
}
