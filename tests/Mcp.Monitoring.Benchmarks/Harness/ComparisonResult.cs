using System.Globalization;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>What a comparison found. The first variant is the baseline, the second its control.</summary>
internal sealed class ComparisonResult
{
    private const double ControlTolerance = 0.02;
    private readonly string _title;
    private readonly IReadOnlyList<VariantResult> _variants;
    private readonly List<TableRow> _rows = [];

    public ComparisonResult(string title, IReadOnlyList<VariantResult> variants)
    {
        _title = title;
        _variants = variants;
        for (var i = 0; i < variants.Count; i++)
        {
            AddRows(variants[i], i == 1 ? "A/A control" : variants[i].Variant.Name);
        }
    }

    public bool HasFailed => _rows.Any(r => r.Verdict is { IsKept: false });

    public void WriteTo(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"### {_title}");
        TableRow.Write(_rows, output);

        var rounds = _variants.Min(v => v.UsableRounds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"At least {rounds} rounds each; {_variants.Sum(v => v.Variant.Disturbed)} disturbed batches repeated."));

        var control = _variants[1].RatioTo(_variants[0]);
        if (!control.Contains(1) && !(control.Low >= 1 - ControlTolerance && control.High <= 1 + ControlTolerance))
        {
            output.WriteLine("THE A/A CONTROL IS OFF: the same code twice does not give 1. Do not trust the ratios of this table, run it again.");
        }

        output.WriteLine();
    }

    private void AddRows(VariantResult result, string name)
    {
        var baseline = _variants[0];
        var limits = result.Variant.Limits;
        var own = limits.Where(l => l.To is null).ToArray();
        var ratio = result.RatioTo(baseline);
        _rows.Add(new TableRow(name, result.Nanoseconds.Median, ratio, result.Bytes, result.Bytes - baseline.Bytes, Verdict.Of(own, ratio, result.Bytes, baseline.Bytes)));

        foreach (var limit in limits.Where(l => l.To is not null))
        {
            var other = _variants.First(v => string.Equals(v.Variant.Name, limit.To, StringComparison.Ordinal));
            var (label, otherRatio) = limit.Measure switch
            {
                LimitMeasure.RatioAboveBaseline => ($"  … above {baseline.Variant.Name}, to {limit.To}", result.RatioAbove(baseline, other)),
                LimitMeasure.ExtraNanoseconds => ($"  … minus {limit.To}, ns", result.Minus(other)),
                _ => ($"  … to {limit.To}", result.RatioTo(other)),
            };
            _rows.Add(new TableRow(label, Nanoseconds: null, otherRatio, Bytes: null, ExtraBytes: null, Verdict.Of([limit], otherRatio, result.Bytes, other.Bytes)));
        }
    }
}
