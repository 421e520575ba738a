using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Errors.Sentry;

/// <summary>What Sentry costs a call that does not fail.</summary>
[CollectionDefinition(nameof(QuietCallTests), DisableParallelization = true)]
[Collection(nameof(QuietCallTests))]
public class QuietCallTests
{
    [Fact]
    public void It_allocates_nothing_more_while_errors_are_sent()
    {
        using var sending = new SentryHost();
        using var silent = new SentryHost(options => options.Enabled = false);

        long with = Allocation.Bytes(() => Call(sending));
        long without = Allocation.Bytes(() => Call(silent));

        Assert.Equal(without, with);
    }

    private static void Call(SentryHost host)
    {
        OperationRecord record = host.Open("forecast", out int version);
        record.End(version, OperationOutcome.Success);
        OperationContext.Current = null;
    }
}
