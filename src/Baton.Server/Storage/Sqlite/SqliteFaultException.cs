using System.Data.Common;
using System.Runtime.InteropServices;

namespace Baton.Server.Storage;

/// <summary>What SQLite refused, and why in its own words: they name tables and columns, never values.</summary>
/// <param name="code">The extended result code. https://sqlite.org/rescode.html</param>
internal sealed class SqliteFaultException(int code, string message) : DbException($"SQLite Error {code & 0xff}: '{message}'.", code)
{
    /// <summary>Read-only, I/O error, disk full: the disk, not the operation.</summary>
    public bool IsOfDisk => (ErrorCode & 0xff) is Native.ReadOnly or Native.InputOutput or Native.Full;

    public static SqliteFaultException Of(nint database, int code) => new(code, Marshal.PtrToStringUTF8(Native.Message(database)) ?? "");
}
