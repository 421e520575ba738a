namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>One run of the program: measures what the questions hand to it, prints it and remembers whether a bound failed.</summary>
internal sealed class BenchmarkRun(TextWriter output)
{
    /// <summary>Rounds for every comparison, or <see langword="null"/> to leave each its own number.</summary>
    public int? Rounds { get; init; }

    public bool HasFailed { get; private set; }

    public void Ask(Question question)
    {
        output.WriteLine($"## {question.Name}: {question.Text}");
        question.Ask(this);
    }

    public void Measure(Comparison comparison)
    {
        var result = comparison.Measure(Rounds ?? comparison.Rounds);
        result.WriteTo(output);
        HasFailed |= result.HasFailed;
    }
}
