namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>Something to find out, answered by one or more comparisons.</summary>
internal abstract class Question
{
    /// <summary>What is typed on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The question in one line.</summary>
    public abstract string Text { get; }

    /// <summary>Whether it is asked only by name: it explores, and no bound of the product hangs on it.</summary>
    public virtual bool IsExploration => false;

    /// <summary>Builds the comparisons and hands each to <see cref="BenchmarkRun.Measure"/>; cleans up after itself.</summary>
    public abstract void Ask(BenchmarkRun run);
}
