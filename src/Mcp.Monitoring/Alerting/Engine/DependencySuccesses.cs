using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Sees which dependencies have answered since it was last asked: that ends what code raised about them.</summary>
internal sealed class DependencySuccesses(ISeriesSource series)
{
    private const string Calls = "mcp_integration_call_duration_seconds";

    private readonly Dictionary<SampledSeries, double> _seen = [];

    public IEnumerable<string> Take()
    {
        List<string>? answered = null;
        foreach (SampledSeries calls in series.Of(Calls))
        {
            if (calls.Label("outcome") != "success")
            {
                continue;
            }

            double count = series.Last(calls);
            if (count > _seen.GetValueOrDefault(calls))
            {
                (answered ??= []).Add(calls.Label(AlertLabels.Dependency));
            }

            _seen[calls] = count;
        }

        return answered ?? [];
    }
}
