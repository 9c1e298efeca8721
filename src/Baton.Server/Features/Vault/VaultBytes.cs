using Baton.Protocol;
using Baton.Protocol.Wire;
using Baton.Server.Security;

namespace Baton.Server.Features.Vault;

/// <summary>How much an organization keeps in its vault: sealed entries, their revisions and attachments. One member can't fill the disk.</summary>
internal static class VaultBytes
{
    internal delegate int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>Counts what comes or, negative, goes; false when it would be more than the setting allows. Less is always fine.</summary>
    public static bool Add(Execute execute, Id organization, long bytes, BatonOptions settings) => bytes == 0 || execute(
        "UPDATE organizations SET vault_bytes = vault_bytes + @bytes WHERE id = @organization AND (@bytes < 0 OR @limit = 0 OR vault_bytes + @bytes <= @limit)",
        ("@organization", organization), ("@bytes", bytes), ("@limit", settings.VaultBytes)) == 1;

    public static ProblemResult Full(BatonOptions settings) =>
        Problems.Of(ProblemType.TooLarge.With("The organization's vault is full: purge the bin, or ask who runs the server for more.") with { Limit = settings.VaultBytes });
}
