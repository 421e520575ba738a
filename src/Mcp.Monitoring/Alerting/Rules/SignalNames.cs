namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>What the process may say of itself.</summary>
internal static class SignalNames
{
    /// <summary>How many work items wait for a thread of the pool.</summary>
    public const string ThreadPoolQueue = "thread_pool_queue";

    /// <summary>How many operations in progress wait for a person or the client.</summary>
    public const string RequestsWaiting = "requests_waiting";

    /// <summary>1 while the last self-check of a channel had failed; label <c>channel</c>.</summary>
    public const string ChannelCheckFailed = "channel_check_failed";

    /// <summary>How many attempts of a channel failed since the last that succeeded; label <c>channel</c>.</summary>
    public const string ChannelFailures = "channel_failures";

    /// <summary>For how many seconds the oldest message of a channel has been waiting; label <c>channel</c>.</summary>
    public const string ChannelOldestSeconds = "channel_oldest_seconds";

    /// <summary>How many stops of the last 10 minutes were not clean.</summary>
    public const string UncleanStops = "unclean_stops";

    /// <summary>1 for a while after a start that followed a stop which was not clean.</summary>
    public const string UncleanStop = "unclean_stop";

    /// <summary>1 while alerts cannot be written to their store.</summary>
    public const string StoreDegraded = "store_degraded";

    /// <summary>1 while a rule has more alerts than it may; label <c>rule</c>. The evaluator says so itself.</summary>
    public const string InstancesTruncated = "instances_truncated";

    /// <summary>How often in a row the evaluation of a rule has failed; label <c>rule</c>. The evaluator says so itself.</summary>
    public const string RuleFailures = "rule_failures";
}
