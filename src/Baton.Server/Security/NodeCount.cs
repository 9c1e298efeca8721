namespace Baton.Server.Security;

/// <summary>How many nodes serve this installation, as far as this one knows. Features/History/Nodes counts them.</summary>
internal sealed class NodeCount
{
    private volatile int serving = 1;

    /// <summary>At least 1: this one.</summary>
    public int Serving
    {
        get => serving;
        set => serving = Math.Max(1, value);
    }
}
