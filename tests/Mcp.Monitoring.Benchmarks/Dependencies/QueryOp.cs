using System.Data.Common;
using Mcp.Monitoring.Benchmarks.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Benchmarks.Dependencies;

/// <summary><c>SELECT 1</c> of a database in memory, prepared, which is as quick as a query can be.</summary>
internal readonly struct QueryOp : IOp, IAsyncOp
{
    private readonly DbCommand _command;

    /// <param name="services">Where it is measured; <see langword="null"/> for the bare connection.</param>
    public QueryOp(IServiceProvider? services)
    {
        DbConnection connection = new SqliteConnection("Data Source=:memory:");
        connection = services is null ? connection : connection.WithMcpMonitoring("orders", services.GetRequiredService<IMcpDependencies>());
        connection.Open();
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // It is a constant.
        _command.CommandText = "SELECT 1";
#pragma warning restore CA2100
        _command.Prepare();
    }

    public long Run() => (long)_command.ExecuteScalar()!;

    public async ValueTask RunAsync() => await _command.ExecuteScalarAsync();
}
