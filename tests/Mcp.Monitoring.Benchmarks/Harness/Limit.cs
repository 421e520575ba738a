using System.Globalization;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>A bound that a variant must keep.</summary>
internal sealed record Limit
{
    private Limit(string text) => Text = text;

    public string Text { get; }

    /// <summary>What <see cref="MaxRatio"/> is the most of.</summary>
    public LimitMeasure Measure { get; private init; }

    public double? MaxRatio { get; private init; }

    /// <summary>The variant that the ratio divides by; <see langword="null"/> is the baseline.</summary>
    public string? To { get; private init; }

    public double? MaxBytes { get; private init; }

    public double? MaxExtraBytes { get; private init; }

    /// <summary>The time is at most <paramref name="max"/> times that of the baseline, or of the variant named <paramref name="to"/>.</summary>
    public static Limit Ratio(double max, string? to = null) => new(Format($"<= {max:0.00##}")) { MaxRatio = max, To = to };

    /// <summary>What the time is above the baseline's is at most <paramref name="max"/> times what the variant named <paramref name="to"/> is above it.</summary>
    public static Limit RatioAboveBaseline(double max, string to) =>
        new(Format($"<= {max:0.00##}")) { Measure = LimitMeasure.RatioAboveBaseline, MaxRatio = max, To = to };

    /// <summary>The time is at most this much more than that of the variant named <paramref name="to"/>.</summary>
    public static Limit ExtraNanoseconds(double max, string to) =>
        new(Format($"<= +{max:0.##} ns")) { Measure = LimitMeasure.ExtraNanoseconds, MaxRatio = max, To = to };

    /// <summary>One operation allocates at most this much.</summary>
    public static Limit Bytes(double max) => new(Format($"<= {max:0} B")) { MaxBytes = max };

    /// <summary>One operation allocates at most this much more than the baseline.</summary>
    public static Limit ExtraBytes(double max) => new(Format($"<= +{max:0} B")) { MaxExtraBytes = max };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
