using Microsoft.Data.Sqlite;

namespace OneCServer.Orders;

/// <summary>The database of who names none: SQLite in memory, which is there as long as a connection to it is open.</summary>
internal sealed class OwnDatabase : IHostedService, IDisposable
{
    private readonly SqliteConnection _open;

    public OwnDatabase() => _open = new SqliteConnection(Connection);

    /// <summary>Gets its connection string, another one in each server.</summary>
    public string Connection { get; } = $"Data Source=orders-{Guid.NewGuid():N};Mode=Memory;Cache=Shared";

    public Task StartAsync(CancellationToken cancellationToken) => _open.OpenAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _open.Dispose();
}
