using Mcp.Monitoring.Alerts.Storage;
using Mcp.Monitoring.TimeSeries;

namespace Mcp.Monitoring.Alerts.Engine;

/// <summary>What is judged: samples of the metrics, objectives, dependencies that answer.</summary>
internal sealed class EngineInputs(SampleStore series)
{
    private readonly DependencySuccesses _successes = new(series);
    private TimeSpan _asked;

    public void Sample(TimeSpan now) => series.Sample(now);

    public void Load(StoredRows rows)
    {
    }

    public void SaveObjectives(StoreChanges changes)
    {
    }

    /// <summary>Ends what code raised about dependencies that have answered since.</summary>
    public void TellSuccesses(AlertBook book)
    {
        foreach (string dependency in _successes.Take())
        {
            book.DependencySucceeded(dependency, _asked);
        }

        _asked = series.Now;
    }
}
