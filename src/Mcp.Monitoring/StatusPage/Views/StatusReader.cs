using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Alerting.Rules.Expressions;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Reads everything that is shown but the sentences. Engine's thread.</summary>
internal sealed class StatusReader(StatusSources sources, EngineReading engine)
{
    private const int MostFailures = 50;

    // Fewer say nothing of a share.
    private const int FailingErrors = 3;

    private readonly DateTimeOffset _now = engine.Clock.UtcNow;
    private readonly IReadOnlyList<KeptFailure> _failures = sources.Failures.All;

    /// <summary>Gets how many rules are evaluated.</summary>
    public int Rules { get; private set; }

    /// <summary>Reads all of it.</summary>
    /// <param name="numbers">The calls as they were at the newest sample.</param>
    public StatusView Read(OperationNumbers numbers)
    {
        var series = new SeriesReader(engine.Series);
        var dependencies = new DependencyNumbers(series);
        IReadOnlyList<RuleReading> rules = engine.Rules;
        Rules = rules.Count(rule => rule.Status.Disabled is null);
        AlertSnapshot alerts = engine.Alerts;
        var parts = new AlertPartViews(UnitsOf(rules));
        LinkOptions links = sources.Links();
        return new StatusView
        {
            At = _now,
            TimeZone = IanaIdOf(sources.TimeZone()),
            Service = sources.Service,
            State = new StateView(StateLevel.Healthy, "", 0, 0),
            LastHour = numbers.LastHour,
            LastDay = numbers.LastDay,
            Operations = ReadOperations(numbers),
            Dependencies = dependencies.Read(),
            Queues = dependencies.ReadQueues(),
            Objectives = [.. engine.Objectives.Select(Of)],
            Incidents = new IncidentViews(parts, alerts.Alerts, _failures, sources.Service.Name).Of(alerts.Incidents),
            Alerts = [.. alerts.Alerts.Where(alert => alert.State == AlertState.Pending || alert is { State: AlertState.Firing, Incident: null }).Select(parts.Of)],
            Silences = [.. alerts.Silences.Select(AlertPartViews.Of)],
            Failures = [.. _failures.Take(MostFailures).Select(failure => FailureViews.Of(failure, links))],
            Channels = [.. engine.Channels.Select(Of)],
            Agents = new AgentNumbers(series).Read(),
            Coverage = new CoverageView([], []),
            Dashboard = sources.Dashboard(),
        };
    }

    /// <summary>Reads one operation in depth.</summary>
    /// <param name="status">What is shown of all.</param>
    /// <param name="operation">The operation.</param>
    public OperationDetail Read(StatusView status, OperationView operation)
    {
        var series = new SeriesReader(engine.Series);
        OperationErrors errors = OperationErrors.Read(series, operation);
        LinkOptions links = sources.Links();
        return new OperationDetail
        {
            Operation = operation,
            Errors = errors.Counts,
            Dependencies = errors.Times,
            Chart = new ChartNumbers(series, _now).Read(operation.Type, operation.Name),
            Failures = [.. _failures.Where(failure => failure.OperationType == operation.Type && failure.Operation == operation.Name).Take(OperationErrors.MostFailures).Select(failure => FailureViews.Of(failure, links))],
            Incidents = [.. status.Incidents.Where(incident => incident.State != "resolved" && errors.IsOf(incident, operation)).Select(incident => incident.Number)],
            Runbook = sources.Operations().FirstOrDefault(known => known.Type.Label() == operation.Type && known.Name == operation.Name)?.Traits.Runbook,
        };
    }

    private OperationView[] ReadOperations(OperationNumbers numbers)
    {
        ILookup<(string, string), KeptFailure> failures = _failures.Where(failure => failure.Outcome != OperationOutcome.ClientError)
            .ToLookup(failure => (failure.OperationType, failure.Operation));
        Dictionary<string, double?> budgets = engine.Objectives.Where(objective => objective.Definition.Indicator is { Kind: SloKind.Availability, Operation: not null })
            .GroupBy(objective => objective.Definition.Indicator.Operation!, StringComparer.Ordinal)
            .ToDictionary(own => own.Key, own => own.First().BudgetRemaining, StringComparer.Ordinal);
        return
        [
            .. sources.Operations().Where(IsShown).Select(operation => Of(operation, numbers, failures, budgets)).Where(IsKnown)
                .OrderByDescending(operation => operation.IsFailing)
                .ThenByDescending(operation => operation.LastHour.ServerErrors)
                .ThenByDescending(operation => operation.LastHour.P95 > operation.LatencyTarget)
                .ThenByDescending(operation => operation.LastHour.Calls)
                .ThenBy(operation => operation.Name, StringComparer.Ordinal),
        ];
    }

    private OperationView Of(Operation operation, OperationNumbers numbers, ILookup<(string, string), KeptFailure> failures, Dictionary<string, double?> budgets)
    {
        string type = operation.Type.Label();
        OperationNumbers.Calls? calls = numbers.Find(type, operation.Name);
        DateTimeOffset? lastError = sources.Failures.LastOf(type, operation.Name), lastFailure = failures[(type, operation.Name)].FirstOrDefault()?.At;
        double recentCalls = calls?.Now.ToView().Calls ?? 0;
        double recentErrors = calls?.Now[OperationOutcome.ServerError] ?? 0;
        return new OperationView
        {
            Type = type,
            Name = operation.Name,
            Owner = operation.Traits.Owner,
            LastHour = calls?.Hour.ToView(calls.Latencies) ?? CallsView.None,
            RecentCalls = recentCalls,
            RecentErrors = recentErrors,
            IsFailing = recentErrors > 0 && (calls!.LastSuccess is not { } success || success < lastError || (recentErrors >= FailingErrors && recentErrors * 2 >= recentCalls)),
            LastSuccess = calls?.LastSuccess,
            LastFailure = lastError > lastFailure ? lastError : lastFailure ?? lastError,
            LatencyTarget = operation.Traits.LatencyTargetMs / 1000 ?? sources.LatencyTarget().TotalSeconds,
            BudgetRemaining = budgets.GetValueOrDefault(operation.Name),
        };
    }

    private ChannelView Of(ChannelStatus channel) => new()
    {
        Name = channel.Name,
        Works = !channel.IsDown && !ChannelWords.IsStuck(channel, _now),
        IsRemote = channel.IsRemote,
        Words = ChannelWords.Of(channel, _now),
        MinimumSeverity = channel.MinimumSeverity.Label(),
        LastSuccess = channel.LastSuccess,
        Waiting = channel.Waiting,
    };

    private static ObjectiveView Of(Objective objective)
    {
        SloIndicator indicator = objective.Definition.Indicator;
        SloEvents events = objective.Events(SloLedger.Period);
        return new ObjectiveView
        {
            Name = objective.Name,
            Kind = SloGauges.Label(objective.Kind),
            Target = (double)objective.Definition.Target,
            Threshold = indicator.Kind == SloKind.Latency ? indicator.ThresholdSeconds : null,
            Operation = indicator.Operation,
            BudgetRemaining = objective.BudgetRemaining,
            BurnHour = Known(objective.BurnRate(TimeSpan.FromHours(1))),
            BurnSixHours = Known(objective.BurnRate(TimeSpan.FromHours(6))),
            Calls = events.Total,
            Bad = events.Bad,
        };
    }

    // Without a budget it burns infinitely, which JSON has no number for.
    private static double? Known(double? value) => value is { } known && double.IsFinite(known) ? known : null;

    private static Dictionary<string, ValueUnit> UnitsOf(IEnumerable<RuleReading> rules) =>
        rules.DistinctBy(rule => rule.Status.Rule.Name, StringComparer.Ordinal).ToDictionary(rule => rule.Status.Rule.Name, rule => rule.Levels[0].Level.Value.Unit, StringComparer.Ordinal);

    private static bool IsShown(Operation operation) => operation.Type is not (OperationType.Protocol or OperationType.Completion);

    // What stands for names that nobody knows is shown once there is something to say.
    private static bool IsKnown(OperationView operation) => operation.LastHour.Calls > 0 || operation.Name is not (OperationLabels.Unknown or OperationLabels.Other);

    private static string IanaIdOf(TimeZoneInfo zone) => zone.HasIanaId || !TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out string? iana) ? zone.Id : iana;
}
