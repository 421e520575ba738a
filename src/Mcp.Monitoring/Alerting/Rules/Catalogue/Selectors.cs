using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Metrics;

namespace Mcp.Monitoring.Alerting.Rules.Catalogue;

/// <summary>What several rules count. Ratios are of what was answered: success, tool_error and server_error.</summary>
internal static class Selectors
{
    public static readonly Selector ServerErrors = Selector.Of(MetricNames.Operations.Name, Root.Types, "outcome=\"server_error\"");
    public static readonly Selector ToolErrors = Selector.Of(MetricNames.Operations.Name, Root.Types, "outcome=\"tool_error\"");
    public static readonly Selector ClientErrors = Selector.Of(MetricNames.Operations.Name, Root.Types, "outcome=\"client_error\"");
    public static readonly Selector Successes = Selector.Of(MetricNames.Operations.Name, Root.Types, "outcome=\"success\"");
    public static readonly Selector Answered = Selector.Of(MetricNames.Operations.Name, Root.Types, "outcome=~\"success|tool_error|server_error\"");
    public static readonly Selector Calls = Selector.Of(MetricNames.Operations.Name, Root.Types);

    /// <summary>Every request of a client, those of the protocol as well.</summary>
    public static readonly Selector Requests = Selector.Of(MetricNames.Operations.Name, "operation_type!=\"function\"");

    public static readonly Selector Latency = Selector.Of(MetricNames.OperationDuration.Name, Root.Types, "status=\"success\"");

    // For what is said of alerts.
    public static readonly Selector ErrorsOfServer = Selector.Of(MetricNames.Errors.Name, Root.Types, "outcome=\"server_error\"");
    public static readonly Selector Durations = Selector.Of(MetricNames.OperationDuration.Name, Root.Types);
    public static readonly Selector DependencyTime = Selector.Of(DependencyMetricNames.OperationDependencyTime.Name);

    // What a breaker refused or a caller took back is no call that the dependency answered, or did not.
    public static readonly Selector IntegrationCalls = Selector.Of(DependencyMetricNames.IntegrationCallDuration.Name, "outcome=~\"success|error|timeout\"");
    public static readonly Selector IntegrationFailures = Selector.Of(DependencyMetricNames.IntegrationCallDuration.Name, "outcome=~\"error|timeout\"");
    public static readonly Selector IntegrationSuccesses = Selector.Of(DependencyMetricNames.IntegrationCallDuration.Name, "outcome=\"success\"");

    private const string Probe = $"call=\"{DependencyMetricNames.ProbeCall}\"";

    public static readonly Selector Queries = Selector.Of(DependencyMetricNames.DbQueryDuration.Name, "outcome!=\"cancelled\"");
    public static readonly Selector QueryFailures = Selector.Of(DependencyMetricNames.DbQueryDuration.Name, "outcome!~\"success|cancelled\"");
    public static readonly Selector QuerySuccesses = Selector.Of(DependencyMetricNames.DbQueryDuration.Name, "outcome=\"success\"");
    public static readonly Selector ConnectionFailures = Selector.Of(DependencyMetricNames.DbConnectionErrors.Name);

    // An expression belongs to one rule: each time another.
    public static CallOutcomes OfOperations => new(ServerErrors, Successes);
    public static CallOutcomes OfTools => new(ToolErrors, Successes);
    public static CallOutcomes OfIntegrations => new(IntegrationFailures, IntegrationSuccesses);
    public static CallOutcomes OfProbes => new(IntegrationFailures.With(Probe), IntegrationSuccesses.With(Probe));
    public static CallOutcomes OfDatabases => new(QueryFailures, QuerySuccesses, ConnectionFailures);

    public static readonly string[] ByOperation = [AlertLabels.OperationType, AlertLabels.Operation];
    public static readonly string[] ByDependency = [AlertLabels.Dependency];

    /// <summary>How often it happened, a whole number; 0 where there is no series yet.</summary>
    public static Expression Count(Selector selector, TimeSpan window) =>
        new SeriesSum(selector, SeriesFunction.Count, window, isHistogram: selector.IsOfTimes).OrZero();

    public static Expression Last(Selector selector, TimeSpan ago = default) => new SeriesSum(selector, SeriesFunction.Last, ago: ago);

    /// <summary>Is so often that a share says something: as many as asked for, and more than so many a second. The one says nothing beside the other.</summary>
    public static Expression IsOften(Expression count, RuleNumbers numbers, double perSecond)
    {
        double faster = perSecond * numbers.Window.TotalSeconds;
        return faster < numbers.MinimumFailures ? count.AtLeast(numbers.MinimumFailures) : count.Above(faster);
    }
}
