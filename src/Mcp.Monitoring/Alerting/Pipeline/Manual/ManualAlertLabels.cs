using System.Collections.Concurrent;
using Mcp.Monitoring.Alerting.Notifications;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Alerting.Pipeline.Manual;

/// <summary>The labels of what code raises, made once for each pair of a kind and an operation. Any thread.</summary>
internal sealed class ManualAlertLabels(AlertIdentity identity)
{
    private const int Most = 2_000;
    private const int LongestValue = 200;

    private readonly ConcurrentDictionary<(string Rule, string What, string Operation), AlertLabels> _made = new();

    private int _count;

    public AlertLabels Error(ErrorType type, string operation) => Of(ManualAlertNames.Error, ManualAlertNames.ErrorType, type.Label(), operation);

    public AlertLabels Performance(string metric, string operation) => Of(ManualAlertNames.Performance, ManualAlertNames.Metric, metric, operation);

    public AlertLabels Integration(string integration, string operation) => Of(ManualAlertNames.Integration, AlertLabels.Dependency, integration, operation);

    public AlertLabels Custom(CustomAlert alert) => new(
        alert.Labels.Where(label => label.Key != AlertLabels.Service)
            .Select(label => KeyValuePair.Create(label.Key, LineSanitizer.Of(label.Value, LongestValue)))
            .Append(new(AlertLabels.AlertName, alert.Name))
            .Append(new(AlertLabels.Service, identity.Service)));

    private AlertLabels Of(string rule, string name, string what, string operation)
    {
        if (_made.TryGetValue((rule, what, operation), out AlertLabels? labels))
        {
            return labels;
        }

        labels = new AlertLabels(
        [
            new(AlertLabels.AlertName, rule),
            new(AlertLabels.Service, identity.Service),
            new(name, LineSanitizer.Of(what, LongestValue)),
            new(AlertLabels.Operation, LineSanitizer.Of(operation, LongestValue)),
        ]);
        if (Interlocked.Increment(ref _count) <= Most)
        {
            _made.TryAdd((rule, what, operation), labels);
        }

        return labels;
    }
}
