using System.Data.Common;

namespace OneCServer.Orders;

/// <summary>Orders and prices, in whatever database the data source leads to.</summary>
internal sealed class OrdersDatabase(DbDataSource source)
{
    /// <summary>Makes the tables with a few rows, where there are none.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, customer TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS prices (item TEXT PRIMARY KEY, price NUMERIC NOT NULL);
            INSERT INTO orders VALUES ('00000000-0000-0000-0000-000000000001', 'Romashka'), ('00000000-0000-0000-0000-000000000002', 'Romashka'),
                ('00000000-0000-0000-0000-000000000003', 'Vasilek') ON CONFLICT DO NOTHING;
            INSERT INTO prices VALUES ('pen', 1.5), ('desk', 250), ('lamp', 40) ON CONFLICT DO NOTHING;
            """;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<string>> FindAsync(string customer, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM orders WHERE customer = @customer ORDER BY id";
        Add(command, "@customer", customer);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    public async Task<decimal?> FindPriceAsync(string item, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT price FROM prices WHERE item = @item";
        Add(command, "@item", item);
        return await command.ExecuteScalarAsync(cancellationToken) is { } price and not DBNull ? Convert.ToDecimal(price, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    private static void Add(DbCommand command, string name, string value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
