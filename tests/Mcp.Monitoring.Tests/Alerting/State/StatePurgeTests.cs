using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Tests.Alerting.State;

public sealed class StatePurgeTests : IDisposable
{
    private static readonly StateSettings Settings = new() { RetentionDays = () => 10, PurgeBatch = 50 };

    private readonly StoredFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void What_has_been_over_for_longer_than_the_retention_is_deleted_and_the_rest_stays()
    {
        _file.Write([.. Enumerable.Range(0, 130).Select(number => Alert($"old {number}", _file.Now.AddDays(-11))), Alert("young", _file.Now.AddDays(-9)), Alert("open", null)]);

        RunUntilIdle(out int steps);

        Assert.Equal(["open", "young"], Episodes());
        Assert.True(steps > 3, $"{steps} steps");
    }

    [Fact]
    public void What_is_saved_meanwhile_is_written_between_two_batches()
    {
        _file.Write([.. Enumerable.Range(0, 200).Select(number => Alert($"old {number}", _file.Now.AddDays(-11)))]);
        var (worker, unsaved) = _file.Open(Settings);
        using (worker)
        {
            worker.Step();
            _file.Host.Clock.Advance(Settings.FirstPurge);
            Assert.Equal(TimeSpan.Zero, worker.Step());
            unsaved.Add(StoredFile.Changes(StoredFile.Fact("meanwhile")));
            Assert.Equal(TimeSpan.Zero, worker.Step());
            Assert.True(unsaved.IsEmpty);
        }

        Assert.Equal(["meanwhile"], _file.ReadFacts());
        Assert.Equal(100, Episodes().Length);
    }

    [Fact]
    public void Room_of_deleted_rows_goes_back_to_the_disk()
    {
        _file.Write([.. Enumerable.Range(0, 2_000).Select(number => Alert($"old {number}", _file.Now.AddDays(-11)))]);
        long before = new FileInfo(_file.Path).Length;

        RunUntilIdle(out _);

        Assert.InRange(new FileInfo(_file.Path).Length, 0, before / 4);
    }

    [Fact]
    public void Purge_comes_every_six_hours_and_follows_the_setting()
    {
        int days = 10;
        _file.Write(Alert("old", _file.Now.AddDays(-9)));
        var (worker, _) = _file.Open(new StateSettings { RetentionDays = () => days });
        using (worker)
        {
            Idle(worker);
            _file.Host.Clock.Advance(Settings.FirstPurge);
            Idle(worker);
            days = 8;
            _file.Host.Clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromSeconds(1));
            Assert.Equal(TimeSpan.FromSeconds(1), worker.Step());
            Assert.Single(Open(worker));
            _file.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            Idle(worker);
        }

        Assert.Empty(Episodes());
    }

    private static IEnumerable<StoredAlert> Open(StateWorker worker) => worker.Rows!.Of(StoredAlert.Table);

    private static int Idle(StateWorker worker)
    {
        int steps = 1;
        while (worker.Step() == TimeSpan.Zero)
        {
            steps++;
        }

        return steps;
    }

    private string[] Episodes() => [.. _file.Read().Of(StoredAlert.Table).Select(alert => alert.Episode).Order(StringComparer.Ordinal)];

    private void RunUntilIdle(out int steps)
    {
        var (worker, _) = _file.Open(Settings);
        using (worker)
        {
            worker.Step();
            _file.Host.Clock.Advance(Settings.FirstPurge);
            steps = Idle(worker);
        }
    }

    private StoredAlert Alert(string episode, DateTimeOffset? resolved) => new()
    {
        Episode = episode,
        Rule = "McpToolFailing",
        Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "McpToolFailing", ["operation"] = "get_order" },
        Severity = AlertSeverity.High,
        State = resolved is null ? AlertState.Firing : AlertState.Resolved,
        PendingSince = _file.Now.AddDays(-20),
        ResolvedAt = resolved,
        Summary = new string('s', 300),
    };
}
