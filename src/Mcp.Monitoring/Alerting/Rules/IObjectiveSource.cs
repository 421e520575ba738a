namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>The service level objectives and how fast their budgets are spent; on the engine's thread.</summary>
internal interface IObjectiveSource
{
    /// <summary>Gets the objectives; a list that changed is another list.</summary>
    IReadOnlyList<IObjective> Objectives { get; }
}

/// <summary>One service level objective.</summary>
internal interface IObjective
{
    /// <summary>Gets its name, the label <c>slo</c>.</summary>
    string Name { get; }

    SloKind Kind { get; }

    /// <summary>Gets the share of calls that must be good.</summary>
    double Target { get; }

    /// <summary>Gets how long a good call takes at most, in seconds; of a latency objective only.</summary>
    double ThresholdSeconds { get; }

    /// <summary>Gets the labels of the operation that it is about; empty for all together.</summary>
    string OperationType { get; }

    string Operation { get; }

    double MinimumCalls { get; }

    double MinimumFailures { get; }

    /// <summary>Gets how many calls the last window had, and how many of them were bad.</summary>
    (double Calls, double Bad) Events(TimeSpan window);

    /// <summary>Gets how many times faster than allowed the budget was spent; NaN without calls.</summary>
    double BurnRate(TimeSpan window);
}
