using System.Diagnostics;

namespace Baton.Server.Storage;

/// <summary>Where spans begin. Without a listener beginning one is a null check; their names are fixed and they carry no id.</summary>
internal static class Tracing
{
    public static readonly ActivitySource Source = new("Baton");
}
