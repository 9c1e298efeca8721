using System.Diagnostics;

namespace Baton.Server.Storage;

/// <summary>Where spans begin. Without a listener beginning one is a null check; their names are fixed and they carry no id.</summary>
internal static class Tracing
{
    public static readonly ActivitySource Source = new("Baton");

    /// <summary>Notes on the span under way what a database was asked: the text, never a value.</summary>
    public static void Asked(string sql)
    {
        if (Source.HasListeners() && Activity.Current is { IsAllDataRequested: true } span)
        {
            span.AddEvent(new ActivityEvent("db.query", tags: new ActivityTagsCollection { ["db.query.text"] = sql }));
        }
    }

    /// <summary>Notes on the span under way a piece of work that has no span of its own.</summary>
    public static void Did(string work)
    {
        if (Source.HasListeners() && Activity.Current is { IsAllDataRequested: true } span)
        {
            span.AddEvent(new ActivityEvent(work));
        }
    }
}
