namespace Mcp.Monitoring.Alerting.Rules.Evaluation;

/// <summary>Calculates an expression for all combinations of a frame at once, at most once in an evaluation, into memory of its own.</summary>
internal abstract class Node(LabelSetIndex labelSets)
{
    private Results _fires;
    private Results _holds;

    protected LabelSetIndex LabelSets => labelSets;

    /// <summary>Gets whether what fires is judged by another limit anywhere in it.</summary>
    public virtual bool HasRelease => false;

    /// <summary>Gets the metric that it reads.</summary>
    public virtual string? Metric => null;

    /// <summary>Gets or sets what went wrong when it looked for series: it has no value then.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Looks for series that are new, which may add to the frame; before anything is read.</summary>
    public virtual void Discover(EvaluationContext context)
    {
    }

    /// <summary>Reads the values, one for each combination of the frame.</summary>
    /// <param name="context">What is read from.</param>
    /// <param name="holds">Whether limits are those at which an alert ends.</param>
    public ReadOnlySpan<double> Read(EvaluationContext context, bool holds = false)
    {
        if (Fault is { } fault)
        {
            throw new InvalidOperationException($"{Metric ?? "Its input"} cannot be read: {fault.Message}", fault);
        }

        holds &= HasRelease;
        ref Results results = ref (holds ? ref _holds : ref _fires);
        if (results.Round != context.Round)
        {
            if (results.Values is null || results.Values.Length < labelSets.Count)
            {
                results.Values = new double[Math.Max(4, labelSets.Count * 3 / 2)];
            }

            Compute(context, holds, results.Values.AsSpan(0, labelSets.Count));
            results.Round = context.Round;
        }

        return results.Values.AsSpan(0, labelSets.Count);
    }

    protected abstract void Compute(EvaluationContext context, bool holds, Span<double> results);

    private struct Results
    {
        public long Round;
        public double[]? Values;
    }
}
