using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>Everything that the store does with a file, in any order and over all tables, beside a dictionary that does the same.</summary>
public sealed class StateModelTests : IDisposable
{
    private const int Steps = 400, Keys = 40;

    // Room for all rows of their usual size, not for a large one.
    private static readonly StateSettings Settings = new() { MostPages = 200 };

    private readonly StoredFile _file = new();
    private readonly Dictionary<(StateTable Table, string Key), StateRow> _model = [];
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
        StateDatabase database = Open();
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
                        break;
                }
            }
        }
        finally
        {
            database.Dispose();
        }

        Open().Dispose();
    }

    [Fact]
    public void Any_row_has_its_own_key_its_own_time_and_comes_back()
    {
        Assert.All(TestTables.All, table =>
        {
            StateRow one = AnyRow.Of(table, 1, _file.Now, _file.Now), other = AnyRow.Of(table, 2, over: null, _file.Now);

            Assert.NotEqual(one.Key, other.Key);
            Assert.Equal(one.Key, AnyRow.Write(table, table.Read(one)!).Key);
            Assert.True(one.ClosedAt == _file.Now.ToUnixTimeMilliseconds() || table.Keep(30) == TimeSpan.MaxValue, table.Name);
        });
    }

    private StateDatabase Open()
    {
        StateDatabase database = StateDatabase.Open(_file.Path, TestTables.All, Settings, out StateRows rows);
        Assert.Null(database.Unwritable);
        AssertSame(rows);
        return database;
    }

    private void Write(StateDatabase database, Random random)
    {
        StateChanges changes = Changes(random, random.Next(1, 8));
        database.Write(changes);
        foreach (((StateTable Table, string Key) key, StateRow? row) in changes.Rows)
        {
            _model.Remove(key);
            if (row is not null)
            {
                _model.Add(key, row);
            }
        }
    }

    // What was in the same transaction is not written either.
    private void WriteTooMuch(StateDatabase database, Random random)
    {
        StateChanges changes = Changes(random, random.Next(1, 8));
        changes.Put(StoredFact.Table, AnyRow.Of(StoredFact.Table, Keys, over: null, _file.Now, new string('x', 2_000_000)));
        Assert.Equal(StateFault.Full, StateFaults.Of(Assert.ThrowsAny<Exception>(() => database.Write(changes))));
    }

    private void Purge(StateDatabase database, Random random)
    {
        StateTable table = TestTables.All[random.Next(TestTables.All.Count)];
        DateTimeOffset before = _file.Now.AddDays(-random.Next(60));
        int most = random.Next(1, 10);
        (StateTable Table, string Key)[] gone =
        [
            .. _model.Where(row => row.Key.Table.Equals(table) && row.Value.ClosedAt < before.ToUnixTimeMilliseconds()).OrderBy(row => row.Value.ClosedAt).Take(most).Select(row => row.Key),
        ];
        Assert.Equal(gone.Length, database.Purge(table, before, most));
        foreach (var key in gone)
        {
            _model.Remove(key);
        }
    }

    // No two rows are over at the same time: which of them goes first is nobody's business.
    private StateChanges Changes(Random random, int count)
    {
        var changes = new StateChanges();
        for (int i = 0; i < count; i++)
        {
            StateTable table = TestTables.All[random.Next(TestTables.All.Count)];
            int number = random.Next(Keys);
            if (_model.Keys.Where(key => key.Table.Equals(table)).Select(key => key.Key).ToArray() is { Length: > 0 } known && random.Next(4) == 0)
            {
                changes.Delete(table, known[random.Next(known.Length)]);
            }
            else
            {
                DateTimeOffset? over = random.Next(2) == 0 ? null : _file.Now.AddSeconds(-4 * random.Next(15 * 86_400)).AddMilliseconds(-_made++);
                changes.Put(table, AnyRow.Of(table, number, over, _file.Now, new string('f', number * 5)));
            }
        }

        return changes;
    }

    private void AssertSame(StateRows rows)
    {
        Assert.Equal(0, rows.Unreadable);
        Assert.Equal(
            _model.Select(row => Text(row.Key.Table, row.Value)).Order(StringComparer.Ordinal),
            TestTables.All.SelectMany(table => rows.In(table).Select(row => Text(table, row))).Order(StringComparer.Ordinal));
    }

    private static string Text(StateTable table, StateRow row) => $"{table.Name} {row.Key} {row.ClosedAt} {Encoding.UTF8.GetString(row.Data)}";
}
