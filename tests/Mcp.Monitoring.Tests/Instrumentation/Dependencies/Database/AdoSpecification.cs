using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Database;

/// <summary>A monitored connection is the one that it wraps, in all that ADO.NET knows of one: asked of each provider.</summary>
public abstract class AdoSpecification : IDisposable
{
    private const int Least = 60;

    private readonly TestHost _host = new();

    public static TheoryData<string> Cases => [.. AdoCases.All.Keys];

    private IMcpDependencies Dependencies => _host.Services.GetRequiredService<IMcpDependencies>();

    [Theory]
    [MemberData(nameof(Cases), MemberType = typeof(AdoSpecification))]
    public async Task Answer_is_that_of_the_bare_connection(string name)
    {
        string bare, wrapped, bareSourced, sourced;
        await using (DbConnection connection = Bare())
        {
            bare = await AdoCases.AskAsync(name, connection, TestContext.Current.CancellationToken);
        }

        await using (DbConnection connection = Bare().WithMcpMonitoring("orders", Dependencies))
        {
            wrapped = await AdoCases.AskAsync(name, connection, TestContext.Current.CancellationToken);
        }

        await using (DbDataSource source = Source())
        await using (DbConnection connection = source.CreateConnection())
        {
            bareSourced = await AdoCases.AskAsync(name, connection, TestContext.Current.CancellationToken);
        }

        await using (DbDataSource source = Source().WithMcpMonitoring("orders", Dependencies))
        await using (DbConnection connection = source.CreateConnection())
        {
            sourced = await AdoCases.AskAsync(name, connection, TestContext.Current.CancellationToken);
        }

        Assert.Equal(bare, wrapped);
        Assert.Equal(bareSourced, sourced);
        Assert.Equal(0, _host.Sum("mcp_monitoring_errors_total"));
        Assert.Equal(0, _host.Sum("mcp_db_connections", ("state", "open")));
    }

    [Fact]
    public void There_are_enough_of_them()
    {
        Assert.InRange(AdoCases.All.Count, Least, int.MaxValue);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract DbConnection Bare();

    protected abstract DbDataSource Source();

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _host.Dispose();
        }
    }
}
