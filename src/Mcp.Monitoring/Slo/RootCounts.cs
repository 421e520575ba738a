using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Slo;

/// <summary>What clients asked of one operation since it was last read: calls from within other operations are taken out.</summary>
internal sealed class RootCounts(OperationCells cells)
{
    private long[] _seen = new long[cells.Buckets.Count];
    private long[] _counts = new long[cells.Buckets.Count];
    private long[] _nested = new long[cells.Buckets.Count];
    private long _seenSuccess;
    private long _seenToolErrors;
    private long _seenServerErrors;

    public OperationCells Cells => cells;

    /// <summary>Gets the traits that its own objectives come from.</summary>
    public OperationTraits Traits { get; private set; } = OperationTraits.None;

    /// <summary>Gets the ledgers that it counts for.</summary>
    public List<(SloIndicator Indicator, int Edge, SloLedger Ledger)> Ledgers { get; } = [];

    /// <summary>Takes its traits; with a target of its own it has other buckets, of which only what is new counts.</summary>
    public void Take(OperationTraits traits)
    {
        Traits = traits;
        int buckets = cells.Buckets.Count;
        if (buckets == _seen.Length)
        {
            return;
        }

        bool isCounted = _seen.Any(seen => seen > 0);
        (_seen, _counts, _nested) = (new long[buckets], new long[buckets], new long[buckets]);
        if (isCounted)
        {
            ReadBuckets();
        }
    }

    /// <summary>Counts what is new into the ledgers.</summary>
    public void Count(DateTime now)
    {
        long success = Since(ref _seenSuccess, OperationOutcome.Success);
        long toolErrors = Since(ref _seenToolErrors, OperationOutcome.ToolError);
        long serverErrors = Since(ref _seenServerErrors, OperationOutcome.ServerError);
        if (success + toolErrors + serverErrors == 0)
        {
            return;
        }

        ReadBuckets();
        foreach ((SloIndicator indicator, int edge, SloLedger ledger) in Ledgers)
        {
            SloEvents events = indicator.Kind == SloKind.Latency
                ? Timed(edge)
                : new SloEvents(indicator.CountsToolErrors ? success : success + toolErrors, success + toolErrors + serverErrors);
            if (events.Total > 0)
            {
                ledger.Add(now, events);
            }
        }
    }

    // A call may be counted a moment before it is known to be nested: what was counted stays, and later calls make up for it.
    private long Since(ref long seen, OperationOutcome outcome)
    {
        long nested = cells.Nested(outcome);
        long count = cells.Ended(outcome) - nested;
        long grown = Math.Max(0, count - seen);
        seen += grown;
        return grown;
    }

    private void ReadBuckets()
    {
        cells.ReadNestedSuccessBuckets(_nested);
        cells.ReadSuccessBuckets(_counts);
        for (int i = 0; i < _counts.Length; i++)
        {
            long grown = Math.Max(0, _counts[i] - _nested[i] - _seen[i]);
            _seen[i] += grown;
            _counts[i] = grown;
        }
    }

    private SloEvents Timed(int edge)
    {
        SloEvents events = default;
        for (int i = 0; i < _counts.Length; i++)
        {
            events += new SloEvents(i <= edge ? _counts[i] : 0, _counts[i]);
        }

        return events;
    }
}
