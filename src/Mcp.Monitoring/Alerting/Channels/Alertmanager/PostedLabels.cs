namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>The labels under which Alertmanager knows an alert.</summary>
internal static class PostedLabels
{
    public const string Service = "service", Instance = "instance";

    private const int LongestValue = 2_000;

    /// <summary>
    /// Adds the severity, the service, and the instance: of two replicas that post the same labels, the one without the alert ends it for the other.
    /// </summary>
    public static AlertLabels Of(ActiveAlert alert, string service, string instance)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AlertLabels.AlertName] = Value(alert.Rule),
            [AlertLabels.Severity] = alert.Severity.Label(),
            [Service] = Value(service),
            [Instance] = Value(instance),
        };
        foreach ((string name, string value) in alert.Labels.Where(label => label.Key != AlertLabels.AlertName).OrderByDescending(label => ClassicName.Is(label.Key)))
        {
            // As Prometheus does with labels that a target brings along and that have another meaning to it.
            string wanted = name is AlertLabels.Severity or Service or Instance ? $"exported_{name}" : name;
            labels.Add(ClassicName.Of(wanted, labels.ContainsKey), Value(value));
        }

        return new AlertLabels(labels);
    }

    // Half a character would be written as another, and the label would not be what it is known by.
    private static string Value(string value)
    {
        string cut = value.Length <= LongestValue ? value : value[..LongestValue];
        return cut.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? string.Concat(cut.EnumerateRunes().Select(rune => rune.ToString())) : cut;
    }
}
