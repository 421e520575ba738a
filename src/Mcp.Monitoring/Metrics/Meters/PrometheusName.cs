using System.Text;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>The name of an instrument's metric as OpenTelemetry's "Prometheus and OpenMetrics Compatibility" makes it, without the scope.</summary>
/// <param name="Name">The whole name; that of a counter ends in <c>_total</c>.</param>
/// <param name="Unit">The word that the name ends in, but for <c>_total</c>; or <see langword="null"/>.</param>
internal readonly record struct PrometheusName(string Name, string? Unit)
{
    private const string Total = "_total";
    private const string Ratio = "ratio";

    /// <summary>What is left of a name at most: with a prefix and a suffix it stays readable, and no instrument needs more.</summary>
    private const int Longest = 255;

    public static PrometheusName Of(string instrument, string? ucum, InstrumentKind kind)
    {
        string name = WithLetterFirst(Sanitize(instrument));
        string unit = UnitWords.Of(ucum);
        if (ucum is "1" && kind is InstrumentKind.Gauge or InstrumentKind.ObservableGauge)
        {
            unit = Ratio;
        }

        bool isCounter = kind.Family() == MetricKind.Counter;
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal) && !(isCounter && name.EndsWith(unit + Total, StringComparison.Ordinal)))
        {
            name = $"{name.TrimEnd('_')}_{unit}";
        }

        if (isCounter && (name.Length == Total.Length || !name.EndsWith(Total, StringComparison.Ordinal)))
        {
            // OpenMetrics names a counter without its suffix, so something must come before that.
            string bare = name.TrimEnd('_');
            name = (bare.Length > 0 ? bare : "_") + Total;
        }

        string family = isCounter ? name[..^Total.Length] : name;
        return new PrometheusName(name, unit.Length > 0 && family.EndsWith("_" + unit, StringComparison.Ordinal) ? unit : null);
    }

    /// <summary>Gets the same name behind that of the meter, for an instrument whose name is taken.</summary>
    public PrometheusName Within(string meter) => this with { Name = $"{WithLetterFirst(Sanitize(meter)).TrimEnd('_')}_{Name.TrimStart('_')}" };

    /// <summary>Replaces what no name may hold by underscores, never two in a row.</summary>
    public static string Sanitize(string text)
    {
        var name = new StringBuilder();
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(c);
            }
            else if (name.Length == 0 || name[^1] != '_')
            {
                name.Append('_');
            }
        }

        return name.ToString();
    }

    /// <summary>Escapes a digit that comes first, and makes a name of nothing.</summary>
    public static string WithLetterFirst(string name) => name.Length == 0 || char.IsAsciiDigit(name[0]) ? "_" + name : name;
}
