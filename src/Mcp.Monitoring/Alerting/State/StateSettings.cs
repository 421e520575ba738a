namespace Mcp.Monitoring.Alerting.State;

/// <summary>How the file is used.</summary>
internal sealed record StateSettings
{
    /// <summary>Gets whether memory will do where the file cannot be made.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Gets how many days alerts are kept, read at each purge.</summary>
    public Func<int> RetentionDays { get; init; } = static () => 30;

    /// <summary>Gets how long somebody who saves waits; then the change is on its way, and the store counts as degraded until it has caught up.</summary>
    public TimeSpan SaveLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long another process may still have the file: one that ends while this one starts.</summary>
    public TimeSpan LockLimit { get; init; } = TimeSpan.FromSeconds(90);

    public TimeSpan BetweenTries { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan BetweenPurges { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Gets how long after the start the first purge is.</summary>
    public TimeSpan FirstPurge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets for how long it is told of a file that was set aside or lost: no shorter than the longest time between two evaluations.</summary>
    public TimeSpan TellNews { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets how often it is looked whether the file is still where it was.</summary>
    public TimeSpan BetweenLooks { get; init; } = TimeSpan.FromSeconds(10);

    public int PurgeBatch { get; init; } = 500;

    /// <summary>Gets how many changed rows are kept in memory while they cannot be written; past it, those that are over are given up.</summary>
    public int MostUnsaved { get; init; } = 20_000;

    /// <summary>Gets up to which size, in bytes, a file is checked in full when it is opened.</summary>
    public long LargestChecked { get; init; } = 64L << 20;

    /// <summary>Gets how many pages the file may have; <see langword="null"/> for as many as the disk takes.</summary>
    public int? MostPages { get; init; }

    public StateSchema Schema { get; init; } = StateSchema.Current;
}
