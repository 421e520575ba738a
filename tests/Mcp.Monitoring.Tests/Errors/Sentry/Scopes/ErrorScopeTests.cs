using Mcp.Monitoring.Operations;
using Sentry;

namespace Mcp.Monitoring.Tests.Errors.Sentry.Scopes;

public sealed class ErrorScopeTests : IDisposable
{
    private readonly SentryHost _host = new(options => options.MaxBreadcrumbs = 5);

    public void Dispose() => _host.Dispose();

    [Fact]
    public void What_is_said_in_an_operation_is_on_its_events_and_on_no_others()
    {
        OperationRecord record = _host.Open("one", out int version);
        _host.Hub.ConfigureScope(scope =>
        {
            scope.SetTag("tenant", "7");
            scope.User.Id = "u";
            scope.SetExtra("rows", 3);
            scope.Level = SentryLevel.Warning;
        });
        _host.Hub.AddBreadcrumb(new Breadcrumb("read", "default"));
        record.Fail(version, new InvalidOperationException());
        OperationContext.Current = null;
        _host.Fail("two", new InvalidOperationException());

        IReadOnlyList<SentryEvent> sent = _host.Sent();
        Assert.Equal(("7", "u", 3L, SentryLevel.Warning, "read"), (sent[0].Tags["tenant"], sent[0].UserId, sent[0].Extra["rows"], sent[0].Level, sent[0].Breadcrumbs.Single().Message));
        Assert.DoesNotContain("tenant", sent[1].Tags.Keys, StringComparer.Ordinal);
        Assert.Empty(sent[1].Breadcrumbs);
        Assert.Equal(SentryLevel.Error, sent[1].Level);
    }

    [Fact]
    public void What_is_said_outside_of_operations_is_on_every_event()
    {
        _host.Hub.ConfigureScope(scope => scope.SetTag("region", "eu"));
        _host.Hub.AddBreadcrumb(new Breadcrumb("started", "default"));
        _host.Fail("tool", new InvalidOperationException());
        _host.Hub.CaptureMessage("hello");

        Assert.All(_host.Sent(), sent => Assert.Equal(("eu", "started"), (sent.Tags["region"], sent.Breadcrumbs.Single().Message)));
    }

    [Fact]
    public void Nearest_word_wins()
    {
        _host.Hub.ConfigureScope(scope =>
        {
            scope.SetTag("who", "host");
            scope.Level = SentryLevel.Info;
        });
        OperationRecord record = _host.Open("tool", out int version);
        _host.Hub.ConfigureScope(scope =>
        {
            scope.SetTag("who", "operation");
            scope.Level = SentryLevel.Warning;
        });
        _host.Hub.CaptureMessage("one", configure: scope =>
        {
            scope.SetTag("who", "event");
            scope.Level = SentryLevel.Debug;
        });
        _host.Hub.CaptureMessage("two");
        record.End(version, OperationOutcome.Success);

        Assert.Equal([("event", SentryLevel.Debug), ("operation", SentryLevel.Warning)], _host.Sent().Select(sent => (sent.Tags["who"], sent.Level)));
    }

    [Fact]
    public void Last_breadcrumbs_are_kept_in_their_order_and_those_of_the_request_go_before_those_of_the_host()
    {
        for (int i = 0; i < 100; i++)
        {
            _host.Hub.AddBreadcrumb(new Breadcrumb($"host {i}", "default"));
        }

        OperationRecord record = _host.Open("tool", out int version);
        for (int i = 0; i < 3; i++)
        {
            _host.Hub.AddBreadcrumb(new Breadcrumb($"own {i}", "default"));
        }

        record.Fail(version, new InvalidOperationException());

        Assert.Equal(["host 98", "host 99", "own 0", "own 1", "own 2"], Assert.Single(_host.Sent()).Breadcrumbs.Select(crumb => crumb.Message), StringComparer.Ordinal);
    }

    [Fact]
    public void No_breadcrumb_is_kept_where_none_is_wanted()
    {
        using var host = new SentryHost(options => options.MaxBreadcrumbs = 0);
        host.Hub.AddBreadcrumb(new Breadcrumb("one", "default"));
        host.Fail("tool", new InvalidOperationException());

        Assert.Empty(Assert.Single(host.Sent()).Breadcrumbs);
    }

    [Fact]
    public async Task Breadcrumbs_of_many_threads_stay_within_the_limit()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                _host.Hub.AddBreadcrumb(new Breadcrumb($"{thread} {i}", "default"));
            }
        })));
        _host.Fail("tool", new InvalidOperationException());

        Assert.Equal(5, Assert.Single(_host.Sent()).Breadcrumbs.Count);
    }

    [Fact]
    public void Operation_that_says_nothing_keeps_nothing()
    {
        OperationRecord record = _host.Open("tool", out int version);
        OperationContext context = record.Context;
        record.Fail(version, new InvalidOperationException());

        Assert.Null(context.Attachment);
    }
}
