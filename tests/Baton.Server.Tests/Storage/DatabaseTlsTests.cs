using Baton.Server.Storage;
using Npgsql;

namespace Baton.Server.Tests.Storage;

/// <summary>A PostgreSQL that is spoken to over TLS, with certificates of openssl's.</summary>
[Trait(Store.Only, Store.Postgres)]
public sealed class DatabaseTlsTests : IDisposable
{
    private const string Password = "only-for-this-test";

    private readonly ClusterOfItsOwn cluster = new();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public void A_certificate_that_is_checked_lets_in_and_any_other_is_refused_before_a_password_is_sent()
    {
        Certificate("server", "IP:127.0.0.1");
        Certificate("stranger", "IP:127.0.0.1");
        cluster.Start("ssl=on", $"ssl_cert_file={At("server.pem")}", $"ssl_key_file={At("server.key")}");
        cluster.Execute($"ALTER ROLE postgres PASSWORD '{Password}'");

        using (var session = PostgresSession.OpenWriter(Target("VerifyFull", "server.pem", "127.0.0.1")))
        {
            Assert.Equal(true, session.Scalar("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"));
        }

        // Another authority's; the right one's, for another name.
        Refuses(Target("VerifyFull", "stranger.pem", "127.0.0.1"));
        Refuses(Target("VerifyCA", "stranger.pem", "127.0.0.1"));
        Refuses(Target("VerifyFull", "server.pem", "localhost"));
    }

    [Fact]
    public void A_server_without_TLS_is_refused_where_its_certificate_should_be_checked()
    {
        Certificate("server", "IP:127.0.0.1");
        cluster.Start();
        cluster.Execute($"ALTER ROLE postgres PASSWORD '{Password}'");

        Refuses(Target("VerifyFull", "server.pem", "127.0.0.1"));
    }

    /// <summary>At the handshake: what follows it is never reached.</summary>
    private static void Refuses(PostgresTarget target)
    {
        var refused = Assert.ThrowsAny<NpgsqlException>(() => PostgresSession.OpenWriter(target).Dispose());
        Assert.IsNotType<PostgresException>(refused);
        Assert.DoesNotContain(Password, refused.ToString(), StringComparison.Ordinal);
    }

    private PostgresTarget Target(string mode, string authority, string host) => PostgresTarget.Parse(
        "--database",
        $"Host={host};Port={new NpgsqlConnectionStringBuilder(cluster.Administrator).Port};Database=postgres;Username=postgres;Password={Password};SSL Mode={mode};Root Certificate={At(authority)}",
        2, TimeSpan.FromSeconds(30));

    private string At(string file) => Path.Combine(cluster.Folder, file);

    /// <summary>NAME.pem and NAME.key, the key as PostgreSQL wants it: its own, or root's and its group's to read.</summary>
    private void Certificate(string name, string subject)
    {
        ClusterOfItsOwn.Run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", $"/CN={name}", "-addext", $"subjectAltName={subject}",
            "-keyout", At(name + ".key"), "-out", At(name + ".pem"));
        var isRoot = Environment.IsPrivilegedProcess;
        File.SetUnixFileMode(At(name + ".key"), isRoot ? UnixFileMode.UserRead | UnixFileMode.GroupRead : UnixFileMode.UserRead);
        if (isRoot)
        {
            ClusterOfItsOwn.Run("chgrp", "postgres", At(name + ".key"));
        }
    }
}
