using System.Data.Common;
using Baton.Protocol;

namespace Baton.Server.Storage;

/// <summary>The rows of a statement, of a connection or of a transaction: for reading that both do.</summary>
internal delegate DbDataReader Ask(string sql, params ReadOnlySpan<(string Name, object? Value)> values);

/// <summary>Reading columns in this code's own types.</summary>
internal static class Rows
{
    public static byte[] Bytes(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static byte[]? BytesOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    public static Id Id(this DbDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));

    public static Id? IdOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Id(column);

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? NumberOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
