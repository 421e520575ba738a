using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.Engine;
using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.OperationsTools.Calls;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary>Asks the engine of the alerts, which has the samples.</summary>
/// <param name="alerting">Gets the engine; <see langword="null"/> where alerts are switched off.</param>
internal sealed class EngineMetricQueries(Func<AlertingRuntime?> alerting) : IMetricQueries
{
    private const string NoEngine = "Alerts are switched off here, and with them the samples that a query needs. Set alerts.enabled: true.";

    public async Task<MetricReading> ReadAsync(AlertRuleOptions rule, CancellationToken cancellationToken)
    {
        AlertingRuntime runtime = alerting() ?? throw new RefusedCall(NoEngine);
        AlertSetup setup = runtime.Current;
        Check(rule, setup);
        AlertRule built = RuleCatalogue.Build(setup.Thresholds, [rule], setup.MetricsPrefix).Single(known => known.Name == rule.Name);
        try
        {
            return await runtime.Reader.ReadAsync(reading => Read(reading, rule, built), cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new RefusedCall("The samples could not be read within 5 seconds: the server is very busy. Try again later.");
        }
    }

    private static void Check(AlertRuleOptions rule, AlertSetup setup)
    {
        Fault? fault = ((ISettings)rule).Check().Concat(AlertRuleValidator.Check(setup.Thresholds, [rule], setup.MetricsPrefix)).FirstOrDefault(fault => !fault.IsWarning);
        if (fault is not null)
        {
            throw new RefusedCall($"{ArgumentOf(fault)} is not right. {fault.Remedy}", fault.Problem);
        }
    }

    private static MetricReading Read(EngineReading reading, AlertRuleOptions rule, AlertRule built)
    {
        MetricRequirement requirement = built.Requirement!;
        if (reading.Series.Of(requirement.Metric).IsEmpty)
        {
            throw new RefusedCall(MetricCatalogue.All.Any(known => known.Name == requirement.Metric)
                ? "This metric has no series yet: nothing of the kind has happened since the start."
                : "No samples of this metric are kept. Those of this library are, and of others those that a rule of yours reads.");
        }

        if (requirement.Evaluate(reading.Series) is { } problem)
        {
            throw new RefusedCall("The function does not go with this metric.", problem);
        }

        MetricPoint[] points =
        [
            .. from found in reading.Query(built) ?? []
               where double.IsFinite(found.Value)
               select new MetricPoint(built.By.Zip(found.Labels).Where(label => label.Second.Length > 0).ToDictionary(StringComparer.Ordinal), found.Value),
        ];
        return new MetricReading(built.Levels[0].Value.Unit, reading.Series.Covered(built.Levels[0].Value.Lookback), points);
    }

    // Rules:0:Metric is the argument metric.
    private static string ArgumentOf(Fault fault)
    {
        string[] path = fault.Path.Split(':');
        string setting = path.LastOrDefault(part => !part.All(char.IsAsciiDigit)) ?? "";
        return $"The argument {SettingNames.Snake(setting)}";
    }
}
