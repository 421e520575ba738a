using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.IntegrationTests.Processes;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

public sealed class StateFaultTests : IDisposable
{
    private readonly KilledServer _server = new("one", "two");

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task File_that_another_process_holds_is_taken_over_when_that_has_ended()
    {
        await using ChildProcess other = _server.Start("hold");
        Assert.Equal("open", await other.ReadLineAsync());
        using StateStore store = Open(new StateSettings());
        Save(store, "meanwhile");
        Assert.False(store.TryLoad(out _));
        Assert.Null(store.Degraded);

        await other.Input.WriteLineAsync("end");
        await other.ExitAsync();

        StateRows? rows = null;
        Assert.True(SpinWait.SpinUntil(() => store.TryLoad(out rows), TimeSpan.FromSeconds(30)));
        Assert.Equal(AlertState.Resolved, Assert.Single(rows!.Of(StoredAlert.Table)).State);
        Assert.True(SpinWait.SpinUntil(() => store.Degraded is null, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task File_that_another_process_keeps_is_left_to_it_with_a_reason()
    {
        await using ChildProcess other = _server.Start("hold");
        Assert.Equal("open", await other.ReadLineAsync());
        using (StateStore store = Open(new StateSettings { LockLimit = TimeSpan.Zero }))
        {
            StateRows? rows = null;
            Assert.True(SpinWait.SpinUntil(() => store.TryLoad(out rows), TimeSpan.FromSeconds(30)));
            Assert.True(rows!.IsEmpty);
            Assert.Equal($"{_server.File} is locked by another process: database is locked (SQLite 5); alerts are kept in memory until the next start. Give each server a file of its own", store.Degraded);
            Save(store, "mine");
        }

        await other.Input.WriteLineAsync("end");
        await other.ExitAsync();
        Assert.Equal(0, other.ExitCode);
        Assert.Equal("ok", _server.CheckIntegrity());
        using StateStore later = Open(new StateSettings());
        StateRows? left = null;
        Assert.True(SpinWait.SpinUntil(() => later.TryLoad(out left), TimeSpan.FromSeconds(30)));
        Assert.DoesNotContain(left!.Of(StoredFact.Table), fact => fact.Name == "mine");
    }

    [Fact]
    public async Task On_a_full_disk_messages_are_sent_and_their_rows_are_written_once_there_is_room()
    {
        Needs.That(OperatingSystem.IsLinux(), "Only Linux limits the size of files so.");
        await using ChildProcess process = _server.Start("full");

        Assert.Contains($"{_server.File} cannot be written", await process.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("told", await process.ReadLineAsync());
        Assert.Equal(["First", "Resolved", "First", "Resolved"], _server.Received("one").Select(message => message.Kind), StringComparer.Ordinal);
        await process.Input.WriteLineAsync("there is room");
        Assert.Equal("recovered", await process.ReadLineAsync());
        await process.ExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal("ok", _server.CheckIntegrity());
        Assert.False(await _server.RunAsync(life: 1, conditions: 1, episodes: 2));
        Assert.Equal(4, _server.Received("one").Count);
        Assert.DoesNotContain(_server.Received("one"), message => message.IsMarked);
    }

    [Fact]
    public async Task Damaged_file_is_set_aside_and_messages_are_sent()
    {
        Assert.False(await _server.RunAsync(life: 0, conditions: 1, episodes: 30));
        await using (FileStream stream = File.OpenWrite(_server.File))
        {
            stream.Position = 4_096;
            stream.Write(new byte[8 * 4_096]);
        }

        Assert.False(await _server.RunAsync(life: 1, conditions: 1, episodes: 31));

        Assert.Single(Directory.GetFiles(_server.Folder, "alerts.db.corrupt-*"));
        Assert.Equal("ok", _server.CheckIntegrity());
        Assert.Equal(2 * 31, _server.Received("one").Count);
    }

    private static void Save(StateStore store, string name)
    {
        var changes = new StateChanges();
        changes.Put(StoredFact.Table, new StoredFact(name, "yes"));
        store.Save(changes);
    }

    private StateStore Open(StateSettings settings)
    {
        var clock = new MonitoringClock(TimeProvider.System);
        var store = new StateStore(
            _server.File, StateTables.All(new AlertClock(TimeProvider.System)), settings, new MetricsRegistry(new MetricsOptions(), clock), new InternalErrors(NullLoggerFactory.Instance, clock), NullLogger.Instance, TimeProvider.System);
        store.Start();
        return store;
    }
}
