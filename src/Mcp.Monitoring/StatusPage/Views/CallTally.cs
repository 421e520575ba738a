using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>Calls by outcome, added up.</summary>
internal sealed class CallTally
{
    private readonly double[] _counts = new double[OperationLabels.Outcomes.Count];

    public double this[OperationOutcome outcome] => _counts[(int)outcome];

    public void Add(string outcome, double count)
    {
        foreach (OperationOutcome known in OperationLabels.Outcomes)
        {
            if (known.Label() == outcome)
            {
                _counts[(int)known] += count;
            }
        }
    }

    public void Add(CallTally other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    public CallsView ToView(LatencyTally? latencies = null)
    {
        double calls = _counts.Sum() - this[OperationOutcome.InputRequired];
        return new CallsView
        {
            Calls = calls,
            Success = this[OperationOutcome.Success],
            ServerErrors = this[OperationOutcome.ServerError],
            ToolErrors = this[OperationOutcome.ToolError],
            ClientErrors = this[OperationOutcome.ClientError],
            Cancelled = this[OperationOutcome.Cancelled],
            InputRequired = this[OperationOutcome.InputRequired],
            FailedShare = calls > 0 ? this[OperationOutcome.ServerError] / calls : null,
            P95 = latencies?.Quantile(0.95),
            P99 = latencies?.Quantile(0.99),
        };
    }
}
