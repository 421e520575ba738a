using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Reads who calls, and what callers get wrong, in the last hour. Engine's thread.</summary>
internal sealed class AgentNumbers(SeriesReader series)
{
    private const string TypeLabel = "operation_type", OutcomeLabel = "outcome";

    private static readonly TimeSpan Hour = OperationNumbers.Hour;

    public AgentsView Read() => new()
    {
        Clients = ReadClients(),
        Unknown = ReadUnknown(),
        RefusedArguments = ReadRefused(),
        Sessions = Now(MetricNames.Sessions),
        Streams = Now(MetricNames.Streams),
    };

    private ClientView[] ReadClients()
    {
        var found = new Dictionary<(string Name, string Protocol), CallTally>();
        foreach (SampledSeries known in series.Of(MetricNames.RequestsByClient.Name))
        {
            (string, string) client = (known.Label("client"), known.Label("protocol_version"));
            if (!found.TryGetValue(client, out CallTally? tally))
            {
                found.Add(client, tally = new CallTally());
            }

            tally.Add(known.Label(OutcomeLabel), series.Count(known, Hour));
        }

        return
        [
            .. found.Select(client => ToView(client.Key.Name, client.Key.Protocol, client.Value.ToView())).Where(client => client.Requests > 0)
                .OrderByDescending(client => client.Requests).ThenBy(client => client.Name, StringComparer.Ordinal).ThenByDescending(client => client.Protocol, StringComparer.Ordinal),
        ];
    }

    private static ClientView ToView(string name, string protocol, CallsView calls) =>
        new(name, protocol, calls.Calls + calls.InputRequired, calls.ServerErrors, calls.ClientErrors);

    private UnknownView[] ReadUnknown()
    {
        var found = new List<UnknownView>();
        foreach (SampledSeries known in series.Of(MetricNames.UnknownOperations.Name))
        {
            if (series.Count(known, Hour) is > 0 and var count)
            {
                found.Add(new UnknownView(known.Label(TypeLabel), count));
            }
        }

        return [.. found.OrderByDescending(one => one.Count)];
    }

    // Who asks for what does not exist is counted by itself.
    private double ReadRefused()
    {
        double refused = 0;
        foreach (SampledSeries known in series.Of(MetricNames.Errors.Name))
        {
            if (known.Label("error_type") == ErrorType.Validation.Label() && known.Label(OutcomeLabel) == OperationOutcome.ClientError.Label()
                && Root.Is(known.Label(TypeLabel)) && known.Label("operation") is not (OperationLabels.Unknown or OperationLabels.Other))
            {
                refused += series.Count(known, Hour);
            }
        }

        return refused;
    }

    private double? Now(MetricDefinition gauge)
    {
        foreach (SampledSeries known in series.Of(gauge.Name))
        {
            return series.Last(known) is var value && double.IsFinite(value) ? value : null;
        }

        return null;
    }
}
