using System.Net;
using Npgsql;

namespace Baton.Server.Storage;

/// <summary>
/// A PostgreSQL database as the operator named it, and how this server uses it. The connection string may hold a password: it is shown to
/// nobody, <see cref="Name"/> is.
/// </summary>
internal sealed class PostgresTarget
{
    private readonly NpgsqlConnectionStringBuilder parts;

    private PostgresTarget(NpgsqlConnectionStringBuilder parts, int connections, TimeSpan statementTimeout)
    {
        this.parts = parts;
        (Connections, StatementTimeout) = (connections, statementTimeout);
    }

    /// <summary>Of this node, to this database.</summary>
    public int Connections { get; }

    /// <summary>No statement runs longer.</summary>
    public TimeSpan StatementTimeout { get; }

    /// <summary>Server and database, for messages.</summary>
    public string Name => $"{parts.Host}/{parts.Database}";

    /// <summary>For Npgsql.</summary>
    public string Text => parts.ConnectionString;

    /// <param name="option">Where it came from, for messages; the text itself is in none.</param>
    /// <exception cref="RefusedToStartException">It is none, or would send secrets in the clear.</exception>
    public static PostgresTarget Parse(string option, string text, int connections, TimeSpan statementTimeout)
    {
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or NotSupportedException)
        {
            throw new RefusedToStartException($"{option} is not a connection string.", Example(option));
        }

        if (string.IsNullOrWhiteSpace(parts.Host) || string.IsNullOrWhiteSpace(parts.Database))
        {
            throw new RefusedToStartException($"{option} names no {(string.IsNullOrWhiteSpace(parts.Host) ? "host" : "database")}.", Example(option));
        }

        var named = parts.ContainsKey("SSL Mode") ? parts.SslMode : SslMode.Disable;
        if (named is not (SslMode.VerifyFull or SslMode.VerifyCA) && parts.Host.Split(',').Any(host => !IsThisMachine(host.Trim())))
        {
            throw new RefusedToStartException(
                $"{option} names a server on another machine, and not that its certificate is checked.",
                "Add to it: SSL Mode=VerifyFull;Root Certificate=FILE (the certificate of the authority that signed the server's).");
        }

        Own(parts, statementTimeout);
        return new PostgresTarget(parts, connections, statementTimeout);
    }

    /// <summary>Whether both name the same database, as far as names tell; two names of one database are found out by its migrations.</summary>
    public bool IsSameAs(PostgresTarget other) =>
        string.Equals(parts.Host, other.parts.Host, StringComparison.OrdinalIgnoreCase) && parts.Port == other.parts.Port
        && string.Equals(parts.Database, other.parts.Database, StringComparison.Ordinal);

    /// <summary>What is ours to decide, whatever the operator wrote.</summary>
    private static void Own(NpgsqlConnectionStringBuilder parts, TimeSpan statementTimeout)
    {
        // The pools here keep connections with their prepared statements and session settings.
        parts.Pooling = false;
        parts.Enlist = false;
        parts.GssEncryptionMode = GssEncryptionMode.Disable;

        // Values of rows and parameters belong into no exception and no log.
        parts.IncludeErrorDetail = false;
        parts.LogParameters = false;
        parts.PersistSecurityInfo = false;

        // The database ends a long statement itself. If its answer does not come either, the connection is given up at once: an answer to
        // COMMIT that comes after a cancellation could mean "not replicated" (docs/decisions/0019-postgresql.md).
        parts.CommandTimeout = (int)statementTimeout.TotalSeconds + 5;
        parts.CancellationTimeout = -1;
        parts.ApplicationName ??= "baton";
        if (!parts.ContainsKey("Timeout"))
        {
            parts.Timeout = 5;
        }

        if (!parts.ContainsKey("Keepalive") && !parts.ContainsKey("Tcp Keepalive"))
        {
            parts.TcpKeepAlive = true;
        }
    }

    /// <summary>A socket directory, or a loopback address.</summary>
    private static bool IsThisMachine(string host)
    {
        if (host.StartsWith('/') || host.StartsWith('@'))
        {
            return true;
        }

        var colon = host.LastIndexOf(':');
        var bare = colon > 0 && host.IndexOf(':', StringComparison.Ordinal) == colon ? host[..colon] : host;
        return bare.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(bare.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    private static string Example(string option) =>
        $"Give {option} for example: Host=db.example.org;Database=baton;Username=baton_node;Password=…;SSL Mode=VerifyFull;Root Certificate=/etc/baton/db-ca.pem";
}
