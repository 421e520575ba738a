namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>Whether the limits of a row were kept.</summary>
internal sealed record Verdict(string Limits, bool IsKept, bool IsClose)
{
    // Bytes of a batch are exact, their share per operation is a quotient.
    private const double ByteTolerance = 0.01;

    public override string ToString() => (IsKept ? "PASS" : "FAIL") + (IsClose ? " (close)" : string.Empty);

    /// <returns>The verdict, or <see langword="null"/> if there is nothing to judge. What could not be measured is not kept.</returns>
    public static Verdict? Of(IReadOnlyList<Limit> limits, Interval ratio, double bytes, double otherBytes)
    {
        if (limits.Count == 0)
        {
            return null;
        }

        return new Verdict(
            string.Join(", ", limits.Select(l => l.Text)),
            limits.All(l => (l.MaxRatio is not { } max || ratio.Median <= max)
                && (l.MaxBytes is not { } maxBytes || bytes <= maxBytes + ByteTolerance)
                && (l.MaxExtraBytes is not { } maxExtra || bytes - otherBytes <= maxExtra + ByteTolerance)),
            limits.Any(l => l.MaxRatio is { } max && ratio.Contains(max)));
    }
}
