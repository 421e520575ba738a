using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.Tests.Alerting.State;

public sealed class StateStoreTests : IDisposable
{
    private readonly StoredFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void What_Save_returned_from_is_on_the_disk()
    {
        using (StateStore store = Open())
        {
            Load(store);
            store.Save(StoredFile.Changes(StoredFile.Fact("a")));

            // What a process that is killed now leaves behind.
            string copy = _file.Path + "-copy";
            File.Copy(_file.Path, copy);
            File.Copy(_file.Path + "-wal", copy + "-wal");
            Assert.Equal(1, CountFacts(copy));
        }
    }

    [Fact]
    public void Many_threads_that_save_lose_nothing()
    {
        const int Threads = 8, Each = 50;
        using (StateStore store = Open())
        {
            Load(store);
            Thread[] saving = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
            {
                for (int i = 0; i < Each; i++)
                {
                    store.Save(StoredFile.Changes(StoredFile.Fact($"{number}/{i}")));
                }
            }))];
            Array.ForEach(saving, thread => thread.Start());
            Array.ForEach(saving, thread => thread.Join());
            Assert.Null(store.Degraded);
        }

        Assert.Equal(Threads * Each, _file.ReadFacts().Length);
    }

    [Fact]
    public void Rows_are_taken_once()
    {
        _file.Write(StoredFile.Fact("a"));
        using StateStore store = Open();

        Assert.Single(Load(store).Of(StoredFact.Table));
        Assert.False(store.TryLoad(out _));
    }

    [Fact]
    public void What_is_saved_before_the_file_is_open_waits_for_nobody_and_is_written_later()
    {
        _file.Write(StoredFile.Fact("a"));
        using (_file.Lock())
        {
            using StateStore store = Open(TimeProvider.System);
            store.Save(StoredFile.Changes(StoredFile.Fact("b")));
            Assert.False(store.TryLoad(out _));
            Assert.Null(store.Degraded);
        }

        using (StateStore store = Open())
        {
            Load(store);
            store.Save(StoredFile.Changes(StoredFile.Fact("c")));
        }

        Assert.Equal(["a", "c"], _file.ReadFacts());
    }

    [Fact]
    public void What_is_not_written_in_time_returns_and_says_so_until_it_has_caught_up()
    {
        using StateStore store = Open(settings: new StateSettings { SaveLimit = TimeSpan.Zero });
        Load(store);

        store.Save(StoredFile.Changes(StoredFile.Fact("a")));
        Assert.True(SpinWait.SpinUntil(() => store.Degraded is null, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Memory_has_nothing_to_read_and_takes_everything()
    {
        using var store = new MemoryStateStore();

        store.Save(StoredFile.Changes(StoredFile.Fact("a")));

        Assert.True(store.TryLoad(out StateRows? rows));
        Assert.True(rows.IsEmpty);
        Assert.False(store.TryLoad(out _));
        Assert.Null(store.Degraded);
    }

    [Fact]
    public void Store_that_is_not_started_touches_nothing()
    {
        using (StateStore store = Make())
        {
            store.Save(StoredFile.Changes(StoredFile.Fact("a")));
            Assert.False(store.TryLoad(out _));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(_file.Path)));
    }

    private static StateRows Load(StateStore store)
    {
        StateRows? rows = null;
        Assert.True(SpinWait.SpinUntil(() => store.TryLoad(out rows), TimeSpan.FromSeconds(30)));
        return rows!;
    }

    private static long CountFacts(string file)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM fact";
        return (long)command.ExecuteScalar()!;
    }

    private StateStore Open(TimeProvider? time = null, StateSettings? settings = null)
    {
        StateStore store = Make(time, settings);
        store.Start();
        return store;
    }

    private StateStore Make(TimeProvider? time = null, StateSettings? settings = null) => new(
        _file.Path, TestTables.All, settings ?? new StateSettings(), _file.Host.Registry, _file.Host.Services.GetRequiredService<InternalErrors>(), NullLogger.Instance,
        time ?? _file.Host.Clock);
}
