using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Database;

/// <summary>SQLite, in memory.</summary>
public sealed class AdoSpecificationTests : AdoSpecification
{
    private const string Text = "Data Source=:memory:";

    protected override DbConnection Bare() => new SqliteConnection(Text);

    protected override DbDataSource Source() => SqliteFactory.Instance.CreateDataSource(Text);
}
