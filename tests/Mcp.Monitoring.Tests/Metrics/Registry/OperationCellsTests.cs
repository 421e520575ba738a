using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Metrics.Registry;

public class OperationCellsTests
{
    private const int Threads = 100;
    private const int Each = 600;

    [Fact]
    public void Sums_of_a_hundred_threads_are_exact_and_never_step_back_while_they_are_read()
    {
        OperationCells cells = Create(out LatencyBuckets buckets);
        using var crowd = new Crowd(Threads, thread => Record(cells, thread));
        long[] last = Read(cells, buckets);

        crowd.Go();
        do
        {
            Assert.True(cells.InProgress >= 0, "In progress was negative.");
            long[] next = Read(cells, buckets);
            for (int i = 0; i < last.Length; i++)
            {
                Assert.True(next[i] >= last[i], $"Count {i} fell from {last[i]} to {next[i]}.");
            }

            last = next;
        }
        while (crowd.IsAtWork);

        crowd.Join();
        Assert.Equal(0, cells.InProgress);
        foreach (OperationOutcome outcome in OperationLabels.Outcomes)
        {
            Assert.Equal(Threads * Each / OperationLabels.Outcomes.Count, cells.Ended(outcome));
        }

        Assert.Equal(Threads * SumOf(OperationOutcome.Success), cells.SuccessTicks);
        Assert.Equal(Threads * (SumOf(OperationOutcome.ServerError) + SumOf(OperationOutcome.ToolError)), cells.FailureTicks);
        Assert.Equal(Threads * Each, cells.Errors(ErrorType.Timeout, OperationOutcome.ToolError));
    }

    [Theory]
    [InlineData(OperationOutcome.Success)]
    [InlineData(OperationOutcome.ToolError)]
    [InlineData(OperationOutcome.ClientError)]
    [InlineData(OperationOutcome.ServerError)]
    [InlineData(OperationOutcome.Cancelled)]
    [InlineData(OperationOutcome.InputRequired)]
    public void Untimed_operation_counts_its_outcome_and_no_duration(OperationOutcome outcome)
    {
        OperationCells cells = Create(out LatencyBuckets buckets);

        cells.CountUntimed(outcome);

        Assert.Equal(1, cells.Ended(outcome));
        Assert.Equal(1, OperationLabels.Outcomes.Sum(cells.Ended));
        Assert.Equal(0, cells.InProgress);
        Assert.Equal(0, Enumerable.Range(0, buckets.Count).Sum(bucket => cells.SuccessBucket(bucket) + cells.FailureBucket(bucket)));
    }

    [Theory]
    [InlineData(OperationOutcome.Success, 1, 0)]
    [InlineData(OperationOutcome.ToolError, 0, 1)]
    [InlineData(OperationOutcome.ServerError, 0, 1)]
    [InlineData(OperationOutcome.ClientError, 0, 0)]
    [InlineData(OperationOutcome.Cancelled, 0, 0)]
    [InlineData(OperationOutcome.InputRequired, 0, 0)]
    public void Only_success_and_the_errors_of_the_server_have_a_duration(OperationOutcome outcome, int successes, int failures)
    {
        OperationCells cells = Create(out LatencyBuckets buckets);

        cells.Started();
        cells.Ended(outcome, activeTicks: 3_000_000, end: 1, context: null);

        int bucket = buckets.IndexOf(3_000_000);
        Assert.Equal(successes, cells.SuccessBucket(bucket));
        Assert.Equal(failures, cells.FailureBucket(bucket));
        Assert.Equal(successes * 3_000_000, cells.SuccessTicks);
        Assert.Equal(failures * 3_000_000, cells.FailureTicks);
    }

    [Fact]
    public void Every_error_is_counted_in_a_cell_of_its_own()
    {
        OperationCells cells = Create(out _);
        int times = 0;
        foreach (OperationOutcome outcome in OperationLabels.ErrorOutcomes)
        {
            foreach (ErrorType type in OperationLabels.ErrorTypes)
            {
                times++;
                for (int i = 0; i < times; i++)
                {
                    cells.CountError(type, outcome, context: null);
                }
            }
        }

        int expected = 0;
        foreach (OperationOutcome outcome in OperationLabels.ErrorOutcomes)
        {
            foreach (ErrorType type in OperationLabels.ErrorTypes)
            {
                Assert.Equal(++expected, cells.Errors(type, outcome));
            }
        }
    }

    [Fact]
    public void Last_success_is_not_moved_by_a_failure()
    {
        OperationCells cells = Create(out _);
        cells.Started();
        cells.Ended(OperationOutcome.Success, 1, end: 50, context: null);

        cells.Started();
        cells.Ended(OperationOutcome.ServerError, 1, end: 70, context: null);

        Assert.Equal(50, cells.LastSuccess);
    }

    private static OperationCells Create(out LatencyBuckets buckets)
    {
        var registry = new MetricsRegistry(new MetricsOptions(), ClockOf.Ticks(10_000_000));
        buckets = registry.Buckets;
        return registry.Operations.Create(OperationType.Tools, "search");
    }

    private static void Record(OperationCells cells, int thread)
    {
        for (int i = 0; i < Each; i++)
        {
            cells.Started();
            cells.CountError(ErrorType.Timeout, OperationOutcome.ToolError, context: null);
            cells.Ended(OutcomeOf(i), TicksOf(i), end: thread, context: null);
        }
    }

    private static OperationOutcome OutcomeOf(int i) => OperationLabels.Outcomes[i % OperationLabels.Outcomes.Count];

    private static long TicksOf(int i) => i * 12_345L;

    private static long SumOf(OperationOutcome outcome) => Enumerable.Range(0, Each).Where(i => OutcomeOf(i) == outcome).Sum(TicksOf);

    private static long[] Read(OperationCells cells, LatencyBuckets buckets) =>
    [
        .. OperationLabels.Outcomes.Select(cells.Ended),
        cells.SuccessTicks,
        cells.FailureTicks,
        cells.Errors(ErrorType.Timeout, OperationOutcome.ToolError),
        .. Enumerable.Range(0, buckets.Count).Select(cells.SuccessBucket),
        .. Enumerable.Range(0, buckets.Count).Select(cells.FailureBucket),
    ];
}
