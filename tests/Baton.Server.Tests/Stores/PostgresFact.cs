using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace Baton.Server.Tests;

/// <summary>A test of what PostgreSQL alone has: it is there only in the run that has a PostgreSQL, so that neither run skips anything.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(PostgresDiscoverer))]
public sealed class PostgresFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber);

/// <inheritdoc cref="PostgresFactAttribute" />
public sealed class PostgresDiscoverer : FactDiscoverer
{
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        Store.OnPostgres ? base.Discover(discoveryOptions, testMethod, factAttribute) : new([]);
}
