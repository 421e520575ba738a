using Mcp.Monitoring.Alerting.Storage;

namespace Mcp.Monitoring.Tests.Alerting.Storage;

/// <summary>Everything that the store does with a file, in any order and over all tables, beside a dictionary that does the same.</summary>
public sealed class StoreModelTests : IDisposable
{
    private const int Steps = 400, Keys = 40;

    // Room for all rows of their usual size, not for a large one.
    private static readonly StoreSettings Settings = new() { MostPages = 200 };

    private readonly StoredFile _file = new();
    private readonly Dictionary<(StoreTable Table, string Key), StoreRow> _model = [];
    private int _made;

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Operations_in_any_order_leave_what_a_dictionary_would_hold(int seed)
    {
        var random = new Random(seed);
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        AlertDatabase database = Open();
        try
        {
            for (int step = 0; step < Steps; step++)
            {
                switch (random.Next(10))
                {
                    case < 5:
                        Write(database, random);
                        break;
                    case 5:
                        WriteTooMuch(database, random);
                        break;
                    case < 8:
                        Purge(database, random);
                        break;
                    case 8:
                        database.Shrink();
                        break;
                    default:
                        database.Dispose();
                        database = Open();
                        AssertSame(database);
                        break;
                }
            }
        }
        finally
        {
            database.Dispose();
        }

        using AlertDatabase last = Open();
        AssertSame(last);
    }

    [Fact]
    public void Any_row_has_its_own_key_its_own_time_and_comes_back()
    {
        Assert.All(StoreTables.All, table =>
        {
            StoreRow one = AnyRow.Of(table.Kind, 1, _file.Now, _file.Now), other = AnyRow.Of(table.Kind, 2, over: null, _file.Now);

            Assert.NotEqual(one.Key, other.Key);
            Assert.Equal(one.Key, table.Read(table.Write(one))!.Key);
            Assert.True(one.ClosedAt == _file.Now || table.Keep(30) == TimeSpan.MaxValue, table.Name);
        });
    }

    private AlertDatabase Open()
    {
        AlertDatabase database = AlertDatabase.Open(_file.Path, Settings, out Microsoft.Data.Sqlite.SqliteException? writing);
        Assert.Null(writing);
        return database;
    }

    private void Write(AlertDatabase database, Random random)
    {
        StoreChanges changes = Changes(random, random.Next(1, 8));
        database.Write(changes);
        foreach (((Type kind, string key), StoreRow? row) in changes.Rows)
        {
            _model.Remove((StoreTables.Of(kind), key));
            if (row is not null)
            {
                _model.Add((StoreTables.Of(kind), key), row);
            }
        }
    }

    // What was in the same transaction is not written either.
    private void WriteTooMuch(AlertDatabase database, Random random)
    {
        StoreChanges changes = Changes(random, random.Next(1, 8));
        changes.Put(AnyRow.Of(typeof(StoredFact), Keys, over: null, _file.Now, new string('x', 2_000_000)));
        Assert.Equal(StoreFault.Full, StoreFaults.Of(Assert.ThrowsAny<Exception>(() => database.Write(changes))));
    }

    private void Purge(AlertDatabase database, Random random)
    {
        StoreTable table = StoreTables.All[random.Next(StoreTables.All.Count)];
        DateTimeOffset before = _file.Now.AddDays(-random.Next(60));
        int most = random.Next(1, 10);
        (StoreTable Table, string Key)[] gone =
        [
            .. _model.Where(row => row.Key.Table == table && row.Value.ClosedAt < before).OrderBy(row => row.Value.ClosedAt).Take(most).Select(row => row.Key),
        ];
        Assert.Equal(gone.Length, database.Purge(table, before, most));
        foreach (var key in gone)
        {
            _model.Remove(key);
        }
    }

    // No two rows are over at the same time: which of them goes first is nobody's business.
    private StoreChanges Changes(Random random, int count)
    {
        var changes = new StoreChanges();
        for (int i = 0; i < count; i++)
        {
            StoreTable table = StoreTables.All[random.Next(StoreTables.All.Count)];
            int number = random.Next(Keys);
            if (_model.Keys.Where(key => key.Table == table).Select(key => key.Key).ToArray() is { Length: > 0 } known && random.Next(4) == 0)
            {
                changes.Delete(table.Kind, known[random.Next(known.Length)]);
            }
            else
            {
                DateTimeOffset? over = random.Next(2) == 0 ? null : _file.Now.AddSeconds(-4 * random.Next(15 * 86_400)).AddMilliseconds(-_made++);
                changes.Put(AnyRow.Of(table.Kind, number, over, _file.Now, new string('f', number * 5)));
            }
        }

        return changes;
    }

    private void AssertSame(AlertDatabase database)
    {
        Assert.Equal(0, database.Unreadable);
        Assert.Equal(
            _model.Select(row => Text(row.Key.Table, row.Value)).Order(StringComparer.Ordinal),
            StoreTables.All.SelectMany(table => database.Rows.Of(table.Kind).Select(row => Text(table, row))).Order(StringComparer.Ordinal));
    }

    private static string Text(StoreTable table, StoreRow row) => $"{table.Name} {row.Key} {table.Write(row)}";
}
