using Baton.Server.Storage;

namespace Baton.Server.Tests.Host;

/// <summary>Where the stores are: what is refused before anything is connected to, with the remedy and without the password.</summary>
public sealed class StoreSettingsTests : IDisposable
{
    private const string Main = "Host=/run/postgresql;Database=baton;Username=baton;Password=hunter2";
    private const string Shares = "Host=/run/postgresql;Database=baton_shares;Username=baton;Password=hunter2";

    private readonly string directory = Directory.CreateTempSubdirectory("baton-test-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("Host=db.example.org;Database=baton;Password=hunter2", false)]
    [InlineData("Host=192.0.2.7;Database=baton;Password=hunter2;SSL Mode=Require", false)]
    [InlineData("Host=192.0.2.7;Database=baton;Password=hunter2;SSL Mode=Prefer", false)]
    [InlineData("Host=127.0.0.1,192.0.2.7;Database=baton;Password=hunter2", false)]
    [InlineData("Host=localhost.example.org;Database=baton;Password=hunter2", false)]
    [InlineData("Host=db.example.org;Database=baton;Password=hunter2;SSL Mode=VerifyFull", true)]
    [InlineData("Host=db.example.org,db2.example.org:5433;Database=baton;Password=hunter2;SSL Mode=VerifyCA", true)]
    [InlineData("Host=127.0.0.1;Database=baton;Password=hunter2", true)]
    [InlineData("Host=127.0.0.1:5433;Database=baton;Password=hunter2", true)]
    [InlineData("Host=::1;Database=baton;Password=hunter2", true)]
    [InlineData("Host=localhost;Database=baton;Password=hunter2", true)]
    [InlineData("Host=/run/postgresql;Database=baton;Password=hunter2", true)]
    public void A_server_on_another_machine_is_used_with_its_certificate_checked_or_not_at_all(string main, bool allowed)
    {
        if (allowed)
        {
            Assert.NotNull(Read("--database", main, "--shares", Shares).Database);
            return;
        }

        Refused("--database names a server on another machine, and not that its certificate is checked.\nAdd to it: SSL Mode=VerifyFull;", "--database", main, "--shares", Shares);
    }

    [Theory]
    [InlineData("--database names no host.", "Database=baton;Password=hunter2")]
    [InlineData("--database names no database.", "Host=/run/postgresql;Password=hunter2")]
    [InlineData("--database is not a connection string.", "postgres://baton:hunter2@localhost/baton")]
    [InlineData("--database is not a connection string.", "Host=/run/postgresql;Database=baton;Colour=hunter2")]
    [InlineData("--database is not a connection string.", "Host=/run/postgresql;Database=baton;Port=hunter2")]
    public void What_is_no_connection_string_is_refused(string what, string main) => Refused(what, "--database", main, "--shares", Shares);

    [Fact]
    public void Both_stores_are_on_PostgreSQL_or_neither()
    {
        Refused("The main database and the share store are on PostgreSQL both, or neither.", "--database", Main);
        Refused("The main database and the share store are on PostgreSQL both, or neither.", "--shares", Shares);
        Assert.Equal((null, null), (Read().Database, Read().Shares));
    }

    [Fact]
    public void The_shares_have_a_database_of_their_own() =>
        Refused("--shares is the same database as --database.", "--database", Main, "--shares", Main + ";Application Name=other");

    [Fact]
    public void A_connection_string_is_read_from_a_file_that_nobody_else_can_read()
    {
        var (main, shares) = (Path.Combine(directory, "main"), Path.Combine(directory, "shares"));
        File.WriteAllText(main, Main + "\n");
        File.WriteAllText(shares, Shares + "\n");
        File.SetUnixFileMode(main, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(shares, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Refused($"{shares} can be read by others on this machine.\nRun: chmod 600 '{shares}'", "--database-file", main, "--shares-file", shares);

        File.SetUnixFileMode(shares, UnixFileMode.UserRead);
        var options = Read("--database-file", main, "--shares-file", shares);
        Assert.Equal(("/run/postgresql/baton", "/run/postgresql/baton_shares"), (options.Database!.Name, options.Shares!.Name));

        Refused("--database and --database-file exclude each other.", "--database", Main, "--database-file", main, "--shares-file", shares);
        Refused($"{directory}/none can't be read", "--database-file", Path.Combine(directory, "none"), "--shares", Shares);
    }

    [Fact]
    public void What_protects_secrets_is_not_the_operators_to_switch_off()
    {
        var text = Read("--database", Main + ";Include Error Detail=true;Log Parameters=true;Persist Security Info=true", "--shares", Shares).Database!.Text;
        Assert.DoesNotContain("true", text.Replace("Tcp Keepalive=True", "", StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase);
    }

    private static BatonOptions Read(params string[] args) => BatonOptions.Read(args, []);

    private static void Refused(string what, params string[] args)
    {
        var refused = Assert.Throws<RefusedToStartException>(() => Read(args));
        Assert.StartsWith(what, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }
}
