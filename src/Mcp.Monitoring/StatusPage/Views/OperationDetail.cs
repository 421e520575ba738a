namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>One operation in depth.</summary>
internal sealed record OperationDetail
{
    public required OperationView Operation { get; init; }

    /// <summary>Gets its errors of the last hour.</summary>
    public IReadOnlyList<ErrorCount> Errors { get; init; } = [];

    /// <summary>Gets where its time of the last hour is spent.</summary>
    public IReadOnlyList<DependencyTime> Dependencies { get; init; } = [];

    /// <summary>Gets its calls by outcome and its 95th percentile, the last hour by minutes.</summary>
    public required ChartView Chart { get; init; }

    /// <summary>Gets its last errors, at most 20.</summary>
    public IReadOnlyList<FailureView> Failures { get; init; } = [];

    /// <summary>Gets the numbers of the incidents that go on and are of it or of a dependency whose errors it has.</summary>
    public IReadOnlyList<int> Incidents { get; init; } = [];

    public string? Runbook { get; init; }
}

internal sealed record ErrorCount(string ErrorType, string Outcome, string? Dependency, double Count);

internal sealed record DependencyTime(string Dependency, double Seconds, double? Share);
