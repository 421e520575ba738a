using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;

/// <summary>A database in a file <c>orders.db</c>, empty but for its schema.</summary>
internal sealed class OrdersFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ef");

    public OrdersFile(string name = "orders.db", bool hasSchema = true)
    {
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.FullName, name), Pooling = false }.ConnectionString;
        if (hasSchema)
        {
            using OrdersContext context = Open();
            context.Database.EnsureCreated();
        }
    }

    public string ConnectionString { get; }

    public OrdersContext Open() => new(new DbContextOptionsBuilder().UseSqlite(ConnectionString).Options);

    public static OrdersContext Open(DbConnection connection) => new(new DbContextOptionsBuilder().UseSqlite(connection).Options);

    public void Dispose() => _folder.Delete(recursive: true);
}
