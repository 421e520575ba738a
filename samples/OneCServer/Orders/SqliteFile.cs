using Microsoft.Data.Sqlite;

namespace OneCServer.Orders;

/// <summary>The database of who names none: a file of its own for each run.</summary>
internal static class SqliteFile
{
    private static readonly string Prefix = $"Data Source={Path.Combine(Path.GetTempPath(), "onec-orders-")}";

    /// <returns>Its connection string.</returns>
    public static string New() => $"{Prefix}{Guid.NewGuid():N}.db";

    /// <summary>Deletes it, if it is such a file.</summary>
    public static void Delete(string connection)
    {
        if (connection.StartsWith(Prefix, StringComparison.Ordinal))
        {
            using var pool = new SqliteConnection(connection);
            SqliteConnection.ClearPool(pool);
            File.Delete(pool.DataSource);
        }
    }
}
