using System.Text;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Api;
using Mcp.Monitoring.StatusPage.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Mcp.Monitoring.Tests.StatusPage.Api;

/// <summary>Who watches, in virtual time.</summary>
public sealed class StatusEventsTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly CountedViews _views = new();
    private readonly Stopping _lifetime = new();
    private readonly StatusEvents _events;
    private bool _maySee = true;

    public StatusEventsTests() => _events = new StatusEvents(new StatusAnswers(_views, _time), _ => _maySee, _lifetime, _time);

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task Watcher_gets_the_status_every_2_seconds_and_charts_each_minute()
    {
        using var watcher = new Watcher(_events);
        await watcher.ReadAsync("event: status\ndata: {", 1);
        await watcher.ReadAsync("event: charts\ndata: {", 1);
        for (int i = 2; i <= 30; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            await watcher.ReadAsync("event: status", i);
        }

        Assert.Equal(1, watcher.Count("event: charts"));
        _time.Advance(TimeSpan.FromSeconds(2));
        await watcher.ReadAsync("event: charts", 2);
        Assert.Equal((31, 2), (_views.Statuses, _views.Charts));
    }

    [Fact]
    public async Task What_many_watch_is_made_once()
    {
        Watcher[] watchers = [.. Enumerable.Range(0, 50).Select(_ => new Watcher(_events))];
        foreach (Watcher watcher in watchers)
        {
            await watcher.ReadAsync("event: status", 1);
        }

        Assert.Equal((1, 50), (_views.Statuses, _events.Watchers));
        Array.ForEach(watchers, watcher => watcher.Dispose());
    }

    [Fact]
    public async Task While_nobody_watches_nothing_is_made()
    {
        using (var watcher = new Watcher(_events))
        {
            await watcher.ReadAsync("event: status", 1);
            await watcher.LeaveAsync();
        }

        Assert.Equal(0, _events.Watchers);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, _views.Statuses);
    }

    [Fact]
    public async Task Watchers_are_bounded_and_who_is_too_many_is_told_so()
    {
        Watcher[] watchers = [.. Enumerable.Range(0, StatusEvents.MostWatchers).Select(_ => new Watcher(_events))];
        foreach (Watcher watcher in watchers)
        {
            await watcher.ReadAsync("event: status", 1);
        }

        using (var refused = new Watcher(_events))
        {
            await refused.EndAsync();
            Assert.Equal(StatusCodes.Status503ServiceUnavailable, refused.Status);
            await refused.ReadAsync("100 pages are open already.", 1);
        }

        await watchers[0].LeaveAsync();
        using var admitted = new Watcher(_events);
        await admitted.ReadAsync("event: status", 1);
        Array.ForEach(watchers, watcher => watcher.Dispose());
    }

    [Fact]
    public async Task Who_may_no_longer_see_the_page_is_sent_nothing_more()
    {
        using var watcher = new Watcher(_events);
        await watcher.ReadAsync("event: charts", 1);

        Volatile.Write(ref _maySee, false);
        _time.Advance(TimeSpan.FromSeconds(2));

        await watcher.EndAsync();
        Assert.Equal((1, 0), (watcher.Count("event: status"), _events.Watchers));
    }

    [Fact]
    public async Task Stop_of_the_host_ends_them()
    {
        using var watcher = new Watcher(_events);
        await watcher.ReadAsync("event: status", 1);

        _lifetime.StopApplication();
        await watcher.EndAsync();
        Assert.Equal(0, _events.Watchers);
    }

    private sealed class Watcher : IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();
        private readonly MemoryStream _body = new();
        private readonly DefaultHttpContext _http;
        private readonly Task _ended;

        public Watcher(StatusEvents events)
        {
            _http = new DefaultHttpContext { RequestAborted = _aborted.Token };
            _http.Response.Body = Stream.Synchronized(_body);
            _ended = Task.Run(() => events.WatchAsync(_http));
        }

        public int Status => _http.Response.StatusCode;

        private string Text => Encoding.UTF8.GetString(_body.ToArray());

        public int Count(string text) => Text.Split(text).Length - 1;

        public async Task ReadAsync(string text, int times)
        {
            using var limit = new CancellationTokenSource(Longest);
            while (Count(text) < times)
            {
                limit.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        public Task EndAsync() => _ended.WaitAsync(Longest);

        public async Task LeaveAsync()
        {
            await _aborted.CancelAsync();
            await EndAsync();
        }

        public void Dispose()
        {
            _aborted.Cancel();
            _ended.Wait(Longest);
            _aborted.Dispose();
            _body.Dispose();
        }
    }

    private sealed class CountedViews : IStatusViews
    {
        private int _statuses, _charts;

        public int Statuses => _statuses;

        public int Charts => _charts;

        public string Settings => "";

        public void Forget()
        {
        }

        public Task<StatusView> StatusAsync(AlertLanguage language, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _statuses);
            return Task.FromResult(new StatusView
            {
                At = DateTimeOffset.UnixEpoch,
                TimeZone = "UTC",
                Service = new ServiceView("orders", "1", "production", "host", DateTimeOffset.UnixEpoch, "1"),
                State = new StateView(StateLevel.Healthy, "All is well.", 0, 0),
                LastHour = CallsView.None,
                LastDay = CallsView.None,
                Coverage = new CoverageView([], []),
            });
        }

        public Task<ChartsView> ChartsAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _charts);
            var chart = new ChartView { End = DateTimeOffset.UnixEpoch, Step = 60 };
            return Task.FromResult(new ChartsView(chart, chart));
        }

        public Task<IReadOnlyList<RuleView>> RulesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<OperationDetail?> OperationAsync(string type, string name, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Stopping : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
