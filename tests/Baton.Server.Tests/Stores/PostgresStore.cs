using System.Diagnostics;
using Baton.Server.Storage;
using Npgsql;

namespace Baton.Server.Tests;

/// <summary>Two databases of the tests' cluster, made from a pair that was migrated once.</summary>
internal sealed class PostgresStore : Store
{
    private static readonly Lazy<PostgresStore> Migrated = new(() =>
    {
        var template = In(Administrator!);
        template.Database().Dispose();
        template.Shares().Dispose();
        return template;
    });

    private readonly string name = "baton_" + BatonServer.NewId().ToString().Replace('-', '$');
    private readonly string administrator;
    private readonly bool isFurther;

    private PostgresStore(string main, string shares, string administrator)
        : base(BatonServer.NewDirectory())
    {
        this.administrator = administrator;
        Command($"CREATE DATABASE \"{MainName}\" TEMPLATE \"{main}\"", $"CREATE DATABASE \"{SharesName}\" TEMPLATE \"{shares}\"");
    }


    private PostgresStore(PostgresStore first)
        : base(BatonServer.NewDirectory())
    {
        (name, administrator, isFurther) = (first.name, first.administrator, true);
        foreach (var key in new[] { "ledger.key", "server.key" })
        {
            File.Copy(Path.Combine(first.Data, key), Path.Combine(Data, key));
        }
    }

    /// <summary>The administrator's connection string.</summary>
    public static string? Administrator { get; } = Take();

    public override string[] Settings => ["--data", Data, "--database", At(MainName), "--shares", At(SharesName)];

    /// <summary>A few connections: hundreds of servers start, and each new connection costs PostgreSQL a process.</summary>
    public override string[] ServerSettings => [.. Settings, "--database-connections", "8"];

    public override Dialect Dialect => Dialect.Postgres;

    private string MainName => name + "_main";

    private string SharesName => name + "_shares";

    private StorePlaces Places => new(Data, Target(MainName), Target(SharesName));

    /// <summary>A pair with the schema of this version.</summary>
    public static PostgresStore Ready() => new(Migrated.Value.MainName, Migrated.Value.SharesName, Administrator!);

    /// <summary>An empty pair in another cluster than the tests'.</summary>
    public static PostgresStore In(string administrator)
    {
        // Also where nothing else of the run was: the variable is out of the environment then.
        Assert.NotNull(Administrator);
        return new("template0", "template0", administrator);
    }

    /// <summary>For one more server: the same databases, a data directory of its own, and the keys that the first server made.</summary>
    public PostgresStore FurtherNode() => new(this);

    public override Connection OpenMain() => PostgresSession.OpenWriter(Target(MainName));

    public override Connection OpenShares() => PostgresSession.OpenWriter(Target(SharesName));

    public override Database Database() => new(Places, TimeProvider.System);

    public override Shares Shares() => new(Places, TimeProvider.System);

    public override void EmptyMain() => Command($"DROP DATABASE \"{MainName}\" WITH (FORCE)", $"CREATE DATABASE \"{MainName}\" TEMPLATE template0");

    public override void CopyMainTo(Store other) => Copy(MainName, ((PostgresStore)other).MainName);

    public override void CopySharesTo(Store other) => Copy(SharesName, ((PostgresStore)other).SharesName);

    public override void LoseShares(Shares shares) => Command(
        $"ALTER DATABASE \"{SharesName}\" ALLOW_CONNECTIONS false", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{SharesName}'");

    public override bool Holds(byte[] bytes)
    {
        using var main = OpenMain();
        return Holds(main, bytes) || SharesHold(bytes);
    }

    public override bool SharesHold(byte[] bytes)
    {
        using var shares = OpenShares();
        return Holds(shares, bytes);
    }

    /// <summary>Only a server of Baton's was killed: what PostgreSQL keeps of its own is in no danger.</summary>
    public override void CheckFiles()
    {
    }

    public override long Tables(Connection main) => (long)main.Scalar("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")!;

    public override IDisposable Fail(bool inShares, string when, string which = "1 = 1") => new Failing(inShares ? OpenShares() : OpenMain(), when, which);

    public override void Dispose()
    {
        if (!isFurther)
        {
            Command($"DROP DATABASE \"{MainName}\" WITH (FORCE)", $"DROP DATABASE \"{SharesName}\" WITH (FORCE)");
        }

        base.Dispose();
    }

    protected override string Zeros(string count) => $"decode(repeat('00', {count}), 'hex')";

    private string At(string database) => new NpgsqlConnectionStringBuilder(administrator) { Database = database }.ConnectionString;

    private PostgresTarget Target(string database) => PostgresTarget.Parse("--database", At(database), 8, TimeSpan.FromSeconds(60));

    /// <summary>In any column of any row.</summary>
    private static bool Holds(Connection connection, byte[] bytes)
    {
        var tables = new List<string>();
        using (var rows = connection.Query(
            """
            SELECT format('EXISTS (SELECT 1 FROM %I WHERE %s)', table_name, string_agg(format('position(@bytes IN %I) > 0', column_name), ' OR '))
            FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'bytea' GROUP BY table_name
            """))
        {
            while (rows.Read())
            {
                tables.Add(rows.GetString(0));
            }
        }

        return (bool)connection.Scalar("SELECT " + string.Join(" OR ", tables), ("@bytes", bytes))!;
    }

    /// <summary>As an operator copies a database that is in use.</summary>
    private void Copy(string from, string to)
    {
        Command($"DROP DATABASE \"{to}\" WITH (FORCE)", $"CREATE DATABASE \"{to}\" TEMPLATE template0");
        var at = new NpgsqlConnectionStringBuilder(administrator);
        using var copy = Process.Start("bash", ["-c", "set -o pipefail; pg_dump -h \"$0\" -p \"$1\" -U \"$2\" \"$3\" | psql -qXo /dev/null -v ON_ERROR_STOP=1 -h \"$0\" -p \"$1\" -U \"$2\" \"$4\"", at.Host!, $"{at.Port}", at.Username!, from, to]);
        copy.WaitForExit();
        Assert.Equal(0, copy.ExitCode);
    }

    /// <summary>A database is made and dropped outside transactions, each by a command of its own.</summary>
    private void Command(params string[] commands)
    {
        using var connection = new NpgsqlConnection(administrator);
        connection.Open();
        foreach (var text in commands)
        {
            using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 120 };
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Taken out of the environment: the server refuses a BATON_ variable that is no setting of its own.</summary>
    private static string? Take()
    {
        const string Variable = "BATON_TEST_DATABASE";
        var value = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private sealed class Failing : IDisposable
    {
        private readonly Connection connection;

        public Failing(Connection opened, string when, string which)
        {
            connection = opened;
            connection.Script(
                $"""
                CREATE FUNCTION failing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'on purpose'; END $$;
                CREATE TRIGGER failing {when} FOR EACH ROW WHEN ({which}) EXECUTE FUNCTION failing()
                """);
        }

        public void Dispose()
        {
            connection.Script("DROP FUNCTION failing() CASCADE");
            connection.Dispose();
        }
    }
}
