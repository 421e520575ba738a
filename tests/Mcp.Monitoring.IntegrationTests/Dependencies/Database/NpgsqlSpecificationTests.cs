using System.Data.Common;
using Mcp.Monitoring.Tests.Instrumentation.Dependencies.Database;
using Npgsql;

namespace Mcp.Monitoring.IntegrationTests.Dependencies.Database;

/// <summary>PostgreSQL through Npgsql; each connection has tables of its own.</summary>
[Collection(nameof(Databases))]
public sealed class NpgsqlSpecificationTests(PostgresServer postgres) : AdoSpecification, IAsyncLifetime
{
    private string Text => postgres.ConnectionString + ";Search Path=pg_temp";

    public async ValueTask InitializeAsync() => await postgres.StartAsync();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    protected override DbConnection Bare() => new NpgsqlConnection(Text);

    protected override DbDataSource Source() => NpgsqlDataSource.Create(Text);
}
