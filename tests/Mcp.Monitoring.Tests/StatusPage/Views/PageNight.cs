using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Views;
using Mcp.Monitoring.Tests.Alerting.Scenarios;

namespace Mcp.Monitoring.Tests.StatusPage.Views;

/// <summary>A night with somebody who looks at the page.</summary>
internal sealed class PageNight : IDisposable
{
    private readonly RecentFailures _failures;

    public PageNight(double begin = 3, params string[] channels)
    {
        Night = new Night(begin, channels: channels);
        _failures = new RecentFailures(Night.Host.Clock);
        Night.Host.Monitor.Add(_failures);
        Coverage = new Coverage(Alerts: true, Metrics: true, Sentry: false, Traces: false, Forwards: false, TraceLink: false);
    }

    public Night Night { get; }

    public Coverage Coverage { get; set; }

    public LinkOptions Links { get; } = new();

    public StatusView Status(AlertLanguage language = AlertLanguage.En) => Read(views => views.StatusAsync(language, CancellationToken.None));

    /// <summary>Makes the views of a page that stays open.</summary>
    public StatusViews Open() => new(Sources());

    public StatusView Status(StatusViews open) => Night.Read(_ => open.StatusAsync(AlertLanguage.En, CancellationToken.None));

    public ChartsView Charts() => Read(views => views.ChartsAsync(CancellationToken.None));

    public IReadOnlyList<RuleView> Rules() => Read(views => views.RulesAsync(CancellationToken.None));

    public OperationDetail? Operation(string type, string name)
    {
        StatusView status = Status();
        return status.Operations.FirstOrDefault(operation => operation.Type == type && operation.Name == name) is { } found
            ? Night.Read(reader => reader.ReadAsync(engine => new StatusReader(Sources(), engine).Read(status, found), CancellationToken.None))
            : null;
    }

    /// <summary>A call of a tool fails by an exception.</summary>
    public void Fail(string tool, Exception exception)
    {
        using OperationScope scope = Night.Host.Monitor.Begin(OperationType.Tools, tool);
        scope.Fail(exception);
    }

    public void Dispose() => Night.Dispose();

    // New for each look: what views keep for 2 seconds is tested by itself.
    private T Read<T>(Func<StatusViews, Task<T>> read)
    {
        var views = new StatusViews(Sources());
        return Night.Read(_ => read(views));
    }

    private StatusSources Sources() => new()
    {
        Engine = () => Night.Reader,
        Operations = () => Night.Host.Registry.Operations.All.ToArray(),
        Failures = _failures,
        Service = new ServiceView(Night.Service, "1.4.2", "production", "host-1", Night.Host.Clock.GetUtcNow(), "0.1.0"),
        TimeZone = () => TimeZoneInfo.FindSystemTimeZoneById("Europe/Moscow"),
        Links = () => Links,
        LatencyTarget = () => TimeSpan.FromMilliseconds(200),
        Coverage = () => Coverage,
        Settings = () => "alerts: {}\n",
        MetricsPrefix = "mcp",
        Time = Night.Host.Clock,
    };
}
