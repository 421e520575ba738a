using Mcp.Monitoring.Alerting.Pipeline;
using Mcp.Monitoring.Alerting.State;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>What this run has to do with those before it: remembered in the store, and told where people should know. Engine's thread.</summary>
/// <param name="clock">The clock.</param>
/// <param name="identity">The version of the application, and who is told of the one before.</param>
/// <param name="signals">Who tells rules how former runs ended.</param>
/// <param name="tools">The names of the tools that are known so far.</param>
internal sealed class StartupReport(AlertClock clock, AlertIdentity identity, StateSignals signals, Func<IReadOnlyList<string>> tools)
{
    // Tools that are not part of the server's own list are learned from what it lists to a client.
    private static readonly TimeSpan ToolsAreKnownAfter = TimeSpan.FromMinutes(1);

    // What a deploy broke shows within the next working day.
    private static readonly TimeSpan VersionIsNewFor = TimeSpan.FromDays(1);

    private static readonly TimeSpan LoopIsToldAfter = TimeSpan.FromSeconds(30);

    private StartupHistory? _history;
    private bool _isLoopTold;
    private bool _areToolsTold;

    public void Begin(StateRows rows, StateChanges changes)
    {
        _history = StartupHistory.Begin(rows.Of(StoredFact.Table), clock.UtcNow - clock.Now, identity.Version ?? "", changes);
        signals.History = _history;
        identity.VersionBefore = IsNews(_history.VersionSince) ? _history.VersionBefore : null;
    }

    /// <summary>Compares the tools with those of the former run, once they are known.</summary>
    public void Tick(AlertPipeline pipeline, StateChanges changes)
    {
        if (_history is { IsNewCrashLoop: true } && !_isLoopTold && clock.Now >= LoopIsToldAfter)
        {
            _isLoopTold = true;
            StartupHistory.LoopIsTold(changes);
        }

        if (identity.VersionBefore is not null && !IsNews(_history!.VersionSince))
        {
            identity.VersionBefore = null;
        }

        if (_areToolsTold || _history is null || clock.Now < ToolsAreKnownAfter || tools() is not { Count: > 0 } known)
        {
            return;
        }

        _areToolsTold = true;
        if (_history.ToolsKnown(known, changes) is { } change)
        {
            pipeline.Announce(pipeline.Texts["start.other_tools"], change.Say(pipeline.Texts), AlertSeverity.Medium);
        }
    }

    private bool IsNews(DateTimeOffset since) => clock.UtcNow - since < VersionIsNewFor;
}
