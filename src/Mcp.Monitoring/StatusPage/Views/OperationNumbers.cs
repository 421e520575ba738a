using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Sampling;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Reads the calls of all operations from the newest sample and those before it. Engine's thread.</summary>
internal sealed class OperationNumbers
{
    private const string TypeLabel = "operation_type", NameLabel = "operation";

    public static readonly TimeSpan Hour = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1), Now = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(string Type, string Name), Calls> _all = [];
    private readonly SeriesReader _series;
    private readonly LatencyTally _latencies;
    private readonly CallTally _day = new();

    public OperationNumbers(ISeriesSource series)
    {
        At = series.Now;
        _series = new SeriesReader(series);
        _latencies = new LatencyTally(_series, MetricNames.OperationDuration.Name);
        ReadOutcomes();
        ReadLatencies();
        foreach (SampledSeries known in _series.Of(MetricNames.OperationLastSuccess.Name))
        {
            double seconds = _series.Last(known);
            Of(known).LastSuccess = double.IsFinite(seconds) && seconds > 0 ? DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds) : null;
        }
    }

    /// <summary>Gets the instant of the newest sample.</summary>
    public TimeSpan At { get; }

    /// <summary>Gets the calls of tools, resources and prompts in the last hour.</summary>
    public CallsView LastHour
    {
        get
        {
            var sum = new CallTally();
            foreach (((string type, _), Calls calls) in _all)
            {
                if (Root.Is(type))
                {
                    sum.Add(calls.Hour);
                }
            }

            return sum.ToView(_latencies);
        }
    }

    public CallsView LastDay => _day.ToView();

    public Calls? Find(string type, string name) => _all.GetValueOrDefault((type, name));

    private void ReadOutcomes()
    {
        foreach (SampledSeries known in _series.Of(MetricNames.Operations.Name))
        {
            // Most outcomes of most operations never happen.
            if (_series.Last(known) is not > 0)
            {
                continue;
            }

            Calls calls = Of(known);
            string outcome = known.Label("outcome");
            calls.Hour.Add(outcome, _series.Count(known, Hour));
            calls.Now.Add(outcome, _series.Count(known, Now));
            if (Root.Is(known.Label(TypeLabel)))
            {
                _day.Add(outcome, _series.Count(known, Day));
            }
        }
    }

    private void ReadLatencies()
    {
        foreach (SampledSeries known in _series.Of(MetricNames.OperationDuration.Name))
        {
            if (known.Label("status") != "success")
            {
                continue;
            }

            var own = new LatencyTally(_series, MetricNames.OperationDuration.Name);
            own.Add(known, Hour);
            Of(known).Latencies = own;
            if (Root.Is(known.Label(TypeLabel)))
            {
                _latencies.Add(known, Hour);
            }
        }
    }

    private Calls Of(SampledSeries known)
    {
        (string, string) key = (known.Label(TypeLabel), known.Label(NameLabel));
        if (!_all.TryGetValue(key, out Calls? calls))
        {
            _all.Add(key, calls = new Calls());
        }

        return calls;
    }

    /// <summary>The calls of one operation.</summary>
    internal sealed class Calls
    {
        public CallTally Hour { get; } = new();

        public CallTally Now { get; } = new();

        public LatencyTally? Latencies { get; set; }

        public DateTimeOffset? LastSuccess { get; set; }
    }
}
