using Baton.Server.Storage;
using Xunit;

namespace Baton.Server.Tests.Storage;

public sealed class MigratorTests : IDisposable
{
    private static readonly Migration One = new(1, "0001_one", "CREATE TABLE one (id {identity});");
    private static readonly Migration Two = new(2, "0002_two", "CREATE TABLE two (id {key});");
    private readonly Store store = Store.New();
    private readonly Connection connection;

    public MigratorTests()
    {
        store.EmptyMain();
        connection = store.OpenMain();
    }

    public void Dispose()
    {
        connection.Dispose();
        store.Dispose();
    }

    [Fact]
    public void Each_migration_is_applied_once()
    {
        Run(One);
        Run(One, Two);
        Run(One, Two);

        Assert.Equal(2L, connection.Scalar("SELECT count(*) FROM migrations"));
        Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM two"));
    }

    [Fact]
    public void A_changed_migration_refuses_start_with_the_remedy()
    {
        Run(One);

        var refusal = Assert.Throws<RefusedToStartException>(() => Run(One with { Text = "CREATE TABLE other (id {identity});" }));

        Assert.Contains("0001_one", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Install an unmodified release", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_of_a_newer_version_refuses_start_with_the_remedy()
    {
        Run(One, Two);

        var refusal = Assert.Throws<RefusedToStartException>(() => Run(One));

        Assert.Contains("0002_two", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_migration_leaves_nothing_behind()
    {
        Assert.ThrowsAny<System.Data.Common.DbException>(() => Run(One, new Migration(2, "0002_bad", "CREATE TABLE fine (id {key}); CREATE NONSENSE;")));

        Assert.Equal(0L, store.Tables(connection));
    }

    private void Run(params Migration[] migrations) => Migrator.Run(connection, store.Dialect, migrations, TimeProvider.System);
}
