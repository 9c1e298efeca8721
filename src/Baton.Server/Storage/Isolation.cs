namespace Baton.Server.Storage;

/// <summary>What keeps an operation apart from those that run beside it. SQLite's one writer keeps all apart, whatever is asked for.</summary>
internal enum Isolation
{
    /// <summary>As if all ran one after the other: whatever it reads is so until it has ended, or it runs again.</summary>
    Serial,

    /// <summary>
    /// It begins with one conditional change of the row that everything in it hangs on. Who comes second waits for that row and then finds the
    /// condition false; what else is read belongs to the row and changes under the same one only. Such operations never come in each other's way
    /// because their rows share a page of an index, as serial ones do: on the way of a claim that was nine tenths of the time.
    /// </summary>
    Row,
}
