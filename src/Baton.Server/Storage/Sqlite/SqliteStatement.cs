using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Baton.Protocol;

namespace Baton.Server.Storage;

/// <summary>
/// A prepared statement, which is its own reader: so asking allocates nothing but the values. It is run from its beginning each time, and
/// forgets values and rows when it is closed.
/// </summary>
internal sealed class SqliteStatement : DbDataReader
{
    private readonly nint database;
    private readonly nint statement;
    private readonly int[] indices;
    private int stepped = Native.Done;
    private bool first;
    private bool open;

    /// <param name="database">The connection it belongs to.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="values">Their names, in the order in which they will come each time.</param>
    public SqliteStatement(nint database, string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        this.database = database;
        Check(Native.Prepare(database, sql, -1, Native.Persistent, out statement, 0));
        indices = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            indices[i] = Native.IndexOf(statement, values[i].Name);
        }

        // A value that is missing would be NULL, and nobody would notice. One that the text has no place for does no harm.
        if (indices.Where(index => index > 0).Distinct().Count() != Native.Parameters(statement))
        {
            throw new ArgumentException("A value is missing: " + sql, nameof(values));
        }
    }

    /// <summary>Runs to the end; gives the number of rows changed.</summary>
    public int Execute(ReadOnlySpan<(string Name, object? Value)> values)
    {
        try
        {
            for (Start(values); stepped == Native.Row; Step())
            {
            }

            return Native.Changes(database);
        }
        finally
        {
            Close();
        }
    }

    /// <summary>The first column of the first row; null when it is NULL, and when there is none.</summary>
    public object? Scalar(ReadOnlySpan<(string Name, object? Value)> values)
    {
        try
        {
            Start(values);
            return stepped == Native.Row ? ValueOrNull(0) : null;
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Its rows. A change that returns rows has been made when this returns.</summary>
    public SqliteStatement Query(ReadOnlySpan<(string Name, object? Value)> values)
    {
        Start(values);
        return this;
    }

    /// <inheritdoc />
    public override bool Read()
    {
        if (first)
        {
            first = false;
        }
        else if (stepped == Native.Row)
        {
            Step();
        }

        return stepped == Native.Row;
    }

    /// <inheritdoc />
    public override void Close()
    {
        if (open)
        {
            // What reset says is what step has said before.
            _ = Native.Reset(statement);
            _ = Native.ClearBindings(statement);
            (open, first, stepped) = (false, false, Native.Done);
        }
    }

    /// <summary>Ends it for good: <see cref="SqliteSession"/> does, callers only close.</summary>
    public void End() => _ = Native.Finalize(statement);

    private void Start(ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (open)
        {
            throw new InvalidOperationException("The rows of this statement are still being read.");
        }

        open = true;
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (indices[i] > 0)
                {
                    Check(Bind(indices[i], values[i].Value));
                }
            }

            first = true;
            Step();
        }
        catch
        {
            Close();
            throw;
        }
    }

    private void Step()
    {
        stepped = Native.Step(statement);
        if (stepped is not (Native.Row or Native.Done))
        {
            throw SqliteFaultException.Of(database, stepped);
        }
    }

    private int Bind(int index, object? value)
    {
        switch (value)
        {
            case null:
                return Native.BindNull(statement, index);
            case long number:
                return Native.BindNumber(statement, index, number);
            case int number:
                return Native.BindNumber(statement, index, number);
            case byte number:
                return Native.BindNumber(statement, index, number);
            case uint number:
                return Native.BindNumber(statement, index, number);
            case bool yes:
                return Native.BindNumber(statement, index, yes ? 1 : 0);
            case string text:
                return BindText(index, text);
            case byte[] { Length: 0 }:
                return Native.BindZeros(statement, index, 0);
            case byte[] bytes:
                return Native.BindBlob(statement, index, bytes, bytes.Length, Native.Transient);
            case Id id:
                Span<byte> sixteen = stackalloc byte[Id.Size];
                id.Write(sixteen);
                return Native.BindBlob(statement, index, sixteen, Id.Size, Native.Transient);
            default:
                throw new ArgumentException($"A {value.GetType().Name} is no value of a statement.", nameof(value));
        }
    }

    private int BindText(int index, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = most <= 512 ? stackalloc byte[most] : new byte[most];
        return Native.BindText(statement, index, utf8, Encoding.UTF8.GetBytes(text, utf8), Native.Transient);
    }

    private void Check(int code)
    {
        if (code != Native.Ok)
        {
            throw SqliteFaultException.Of(database, code);
        }
    }

    private object? ValueOrNull(int ordinal) => Native.TypeOf(statement, ordinal) switch
    {
        Native.Null => null,
        Native.Integer => Native.Number(statement, ordinal),
        Native.Blob => Bytes(ordinal),
        Native.Text => TextOf(ordinal),
        _ => throw new InvalidCastException("No column holds fractions."),
    };

    private unsafe byte[] Bytes(int ordinal)
    {
        var bytes = Native.Bytes(statement, ordinal);
        return new ReadOnlySpan<byte>(bytes, Native.Length(statement, ordinal)).ToArray();
    }

    private unsafe string TextOf(int ordinal)
    {
        var text = Native.TextOf(statement, ordinal);
        return Encoding.UTF8.GetString(text, Native.Length(statement, ordinal));
    }

    private void Expect(int ordinal, int type)
    {
        if (stepped != Native.Row || Native.TypeOf(statement, ordinal) is var there && there != type)
        {
            throw new InvalidCastException($"Column {ordinal} is not of the type it is read as.");
        }
    }

    /// <inheritdoc />
    public override bool IsDBNull(int ordinal) => Native.TypeOf(statement, ordinal) == Native.Null;

    /// <inheritdoc />
    public override long GetInt64(int ordinal)
    {
        Expect(ordinal, Native.Integer);
        return Native.Number(statement, ordinal);
    }

    /// <inheritdoc />
    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    /// <inheritdoc />
    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));

    /// <inheritdoc />
    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));

    /// <inheritdoc />
    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;

    /// <inheritdoc />
    public override string GetString(int ordinal)
    {
        Expect(ordinal, Native.Text);
        return TextOf(ordinal);
    }

    /// <inheritdoc />
    public override T GetFieldValue<T>(int ordinal)
    {
        if (typeof(T) != typeof(byte[]))
        {
            return base.GetFieldValue<T>(ordinal);
        }

        Expect(ordinal, Native.Blob);
        return (T)(object)Bytes(ordinal);
    }

    /// <inheritdoc />
    public override object GetValue(int ordinal) => ValueOrNull(ordinal) ?? DBNull.Value;

    /// <inheritdoc />
    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    /// <inheritdoc />
    public override string GetName(int ordinal) => Marshal.PtrToStringUTF8(Native.Name(statement, ordinal)) ?? "";

    /// <inheritdoc />
    public override int GetOrdinal(string name) => Enumerable.Range(0, FieldCount).First(column => GetName(column) == name);

    /// <inheritdoc />
    public override int FieldCount => Native.Columns(statement);

    /// <inheritdoc />
    public override bool HasRows => first ? stepped == Native.Row : throw new NotSupportedException();

    /// <inheritdoc />
    public override bool IsClosed => !open;

    /// <inheritdoc />
    public override int Depth => 0;

    /// <inheritdoc />
    public override int RecordsAffected => -1;

    /// <inheritdoc />
    public override bool NextResult() => false;

    /// <inheritdoc />
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc />
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc />
    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    /// <inheritdoc />
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetFieldType(int ordinal) => Native.TypeOf(statement, ordinal) switch
    {
        Native.Integer => typeof(long),
        Native.Text => typeof(string),
        Native.Blob => typeof(byte[]),
        _ => typeof(DBNull),
    };

    /// <inheritdoc />
    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    // What no column holds.

    /// <inheritdoc />
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    /// <inheritdoc />
    public override char GetChar(int ordinal) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException();

    /// <inheritdoc />
    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();

    /// <inheritdoc />
    public override decimal GetDecimal(int ordinal) => throw new NotSupportedException();

    /// <inheritdoc />
    public override double GetDouble(int ordinal) => throw new NotSupportedException();

    /// <inheritdoc />
    public override float GetFloat(int ordinal) => throw new NotSupportedException();

    /// <inheritdoc />
    public override Guid GetGuid(int ordinal) => throw new NotSupportedException();
}
