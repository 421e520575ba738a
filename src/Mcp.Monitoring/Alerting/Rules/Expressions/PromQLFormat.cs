using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.Alerting.Rules.Expressions;

/// <summary>How the expressions of a rule are written for Prometheus.</summary>
/// <param name="By">The labels that the rule keeps apart, with those of the service in front.</param>
internal sealed record PromQLFormat(IReadOnlyList<string> By)
{
    /// <summary>Fewer samples than these say nothing where a scrape is lost.</summary>
    private const int Scrapes = 4;

    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Evaluation = TimeSpan.FromMinutes(1);

    /// <summary>Gets the labels that keep services apart; empty within one.</summary>
    public IReadOnlyList<string> Service { get; init; } = [];

    /// <summary>Gets how the names of our metrics begin.</summary>
    public string Prefix { get; init; } = "mcp";

    public TimeSpan ScrapeInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets the objectives of which budgets burn.</summary>
    public IReadOnlyList<SloDefinition> Objectives { get; init; } = [];

    /// <summary>Gets the operations that have a latency target of their own, in seconds.</summary>
    public IReadOnlyList<OwnTarget> Targets { get; init; } = [];

    /// <summary>Gets where expressions are put that Prometheus had better record.</summary>
    public RecordedExpressions? Recorded { get; init; }

    /// <summary>Gets the selector of the alert while it fires, for what need not hold for it to go on; <see langword="null"/> where there is none.</summary>
    public string? Firing { get; init; }

    /// <summary>Gets whether it is written for what fires: of that no minimum is asked.</summary>
    public bool IsFiringAlready { get; init; }

    /// <summary>Gets whether what is 0 without a series is written where it is a part of something.</summary>
    public bool NamesZeros { get; init; } = true;

    /// <summary>Gets the condition that the alert fires, to be joined with another by <c>and</c>.</summary>
    public string IsFiring => $"on ({string.Join(", ", By)}) {Firing}";

    /// <summary>Writes a condition that must hold for the alert to begin, and not for it to go on; to be joined with another by <c>and</c>.</summary>
    public string OrFiring(string condition) => Firing is null ? condition : $"on ({string.Join(", ", By)}) ({condition} or {Firing})";

    public string Metric(string name) => MetricCatalogue.NameWith(Prefix, name);

    /// <summary>Gets the window that stands for another: of four scrapes at least.</summary>
    public TimeSpan Widened(TimeSpan window) => window < Scrapes * ScrapeInterval ? Scrapes * ScrapeInterval : window;

    /// <summary>Gets the shortest window in which each change is seen once at least, where rules are evaluated once a minute.</summary>
    public TimeSpan Newest => Widened(Evaluation + ScrapeInterval);

    public string Window(TimeSpan window) => PromQL.Text(Widened(window));

    /// <summary>Writes the newest value of a gauge, for a while also where a scrape is lost.</summary>
    public string Last(string series, string offset = "") => $"last_over_time({series}[{Window(LongestGap)}]{offset})";

    public string Sum(string inner) => PromQL.Aggregate("sum", By, inner);
}

/// <summary>An operation with a latency target of its own.</summary>
internal sealed record OwnTarget(string OperationType, string Operation, double Seconds);
