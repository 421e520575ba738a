using System.Globalization;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

/// <summary>
/// A strict reader of the text format 0.0.4 and of OpenMetrics 1.0: what a lenient scraper would let pass is a <see cref="FormatException"/>.
/// </summary>
internal sealed class ExpositionParser
{
    private readonly bool _open;
    private readonly List<ParsedFamily> _families = [];
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<ParsedSample> _samples = [];
    private string? _name;
    private string? _help;
    private string? _unit;
    private MetricKind? _kind;

    private ExpositionParser(bool open) => _open = open;

    public static IReadOnlyList<ParsedFamily> Parse(string text, ExpositionFormat format)
    {
        var parser = new ExpositionParser(format == ExpositionFormat.OpenMetrics);
        if (!text.EndsWith('\n'))
        {
            throw new FormatException("The last line does not end.");
        }

        string[] lines = text[..^1].Split('\n');
        int count = lines.Length;
        if (parser._open && lines[--count] != "# EOF")
        {
            throw new FormatException("OpenMetrics does not end with # EOF.");
        }

        for (int i = 0; i < count; i++)
        {
            parser.ReadLine(lines[i]);
        }

        parser.EndFamily();
        return parser._families;
    }

    private void ReadLine(string line)
    {
        var reader = new LineReader(line);
        if (!reader.TryTake("# "))
        {
            ReadSample(reader);
        }
        else if (reader.TryTake("HELP "))
        {
            Begin(reader.Name());
            reader.Expect(" ");
            _help = _help is null && _kind is null ? LineReader.Unescape(reader.Rest(), quotes: _open) : throw reader.Fault("one HELP, before TYPE");
        }
        else if (reader.TryTake("TYPE "))
        {
            Continue(reader);
            _kind = _kind is not null ? throw reader.Fault("one TYPE") : reader.Rest() switch
            {
                "counter" => MetricKind.Counter,
                "gauge" => MetricKind.Gauge,
                "histogram" => MetricKind.Histogram,
                _ => throw reader.Fault("a known type"),
            };
            if (_open && _kind == MetricKind.Counter && _name!.EndsWith("_total", StringComparison.Ordinal))
            {
                throw reader.Fault("a counter's family without _total");
            }
        }
        else if (_open && reader.TryTake("UNIT "))
        {
            Continue(reader);
            _unit = _unit is null ? reader.Rest() : throw reader.Fault("one UNIT");
            if (!_name!.EndsWith("_" + _unit, StringComparison.Ordinal))
            {
                throw reader.Fault("a name that ends in its unit");
            }
        }
        else
        {
            throw reader.Fault("HELP, TYPE, or UNIT in OpenMetrics");
        }
    }

    private void Begin(string name)
    {
        EndFamily();
        if (_families.Exists(family => family.Name == name))
        {
            throw new FormatException($"The family {name} is in two places.");
        }

        _name = name;
    }

    private void Continue(LineReader reader)
    {
        if (reader.Name() != _name || _samples.Count > 0)
        {
            throw reader.Fault($"what belongs to {_name}, before its samples");
        }

        reader.Expect(" ");
    }

    private void ReadSample(LineReader reader)
    {
        string name = reader.Name();
        List<(string Name, string Value)> labels = reader.Labels();
        reader.Expect(" ");
        string text = reader.Number(out double value);
        ParsedExemplar? exemplar = _open && reader.TryTake(" # ") ? ReadExemplar(reader, name) : null;
        if (!reader.IsAtEnd)
        {
            throw reader.Fault("the end of the line");
        }

        if (!IsOfFamily(name))
        {
            throw reader.Fault($"a sample of {_name}");
        }

        if (!IsOfKind(name, value))
        {
            throw reader.Fault("a number that this type may have");
        }

        var sample = new ParsedSample(name, labels, text, value, exemplar);
        _samples.Add(_series.Add(sample.Series) ? sample : throw reader.Fault("a series that was not there before"));
    }

    private static ParsedExemplar ReadExemplar(LineReader reader, string name)
    {
        if (!name.EndsWith("_bucket", StringComparison.Ordinal) && !name.EndsWith("_total", StringComparison.Ordinal))
        {
            throw reader.Fault("no exemplar here");
        }

        List<(string Name, string Value)> labels = reader.Labels();
        int length = labels.Sum(label => label.Name.EnumerateRunes().Count() + label.Value.EnumerateRunes().Count());
        if (length is 0 or > 128)
        {
            throw reader.Fault("1 to 128 characters of labels");
        }

        reader.Expect(" ");
        reader.Number(out double value);
        reader.Expect(" ");
        reader.Number(out double time);
        return new ParsedExemplar(labels, value, time);
    }

    private bool IsOfFamily(string name) => _kind switch
    {
        MetricKind.Counter => name == (_open ? _name + "_total" : _name),
        MetricKind.Gauge => name == _name,
        MetricKind.Histogram => name == _name + "_bucket" || name == _name + "_sum" || name == _name + "_count",
        _ => false,
    };

    // The sum of a histogram with bounds below 0 is no counter, which OpenMetrics knows how to leave out.
    private bool IsOfKind(string name, double value) => _kind switch
    {
        MetricKind.Counter => value >= 0,
        MetricKind.Histogram when name == _name + "_sum" => _open ? value >= 0 : double.IsFinite(value),
        MetricKind.Histogram => value >= 0 && value == Math.Floor(value) && double.IsFinite(value),
        _ => true,
    };

    private void EndFamily()
    {
        if (_name is null)
        {
            return;
        }

        if (_help is null || _kind is not { } kind)
        {
            throw new FormatException($"{_name} has no HELP or no TYPE.");
        }

        string? clash = Names(_name, kind).FirstOrDefault(name => !_names.Add(name));
        if (clash is not null)
        {
            throw new FormatException($"The name {clash} is that of two.");
        }

        if (kind == MetricKind.Histogram)
        {
            CheckHistograms();
        }

        _families.Add(new ParsedFamily(_name, kind, _help, _unit, [.. _samples]));
        _samples.Clear();
        (_name, _help, _unit, _kind) = (null, null, null, null);
    }

    // OpenMetrics 1.0, "Suffixes": what a family could have is taken, whether it has it or not.
    private string[] Names(string name, MetricKind kind) => kind switch
    {
        MetricKind.Counter => _open ? [name, name + "_total", name + "_created"] : [name],
        MetricKind.Histogram => [name, name + "_bucket", name + "_sum", name + "_count", .. _open ? [name + "_created"] : Array.Empty<string>()],
        _ => [name],
    };

    private void CheckHistograms()
    {
        foreach (IGrouping<string, ParsedSample> series in _samples.GroupBy(s => ParsedSample.KeyOf(s.Labels.Where(label => label.Name != "le")), StringComparer.Ordinal))
        {
            ParsedSample[] buckets = [.. series.Where(sample => sample.Name == _name + "_bucket")];
            double below = double.NegativeInfinity;
            double count = 0;
            foreach (ParsedSample bucket in buckets)
            {
                string le = bucket.Label("le") ?? throw new FormatException($"A bucket without le: {series.Key}");
                double bound = le == "+Inf" ? double.PositiveInfinity : double.Parse(le, NumberStyles.Float, CultureInfo.InvariantCulture);
                if (bound <= below || bucket.Value < count || !IsCanonical(le, bound))
                {
                    throw new FormatException($"The bucket {le} of {_name}{series.Key} is out of order or not canonical.");
                }

                (below, count) = (bound, bucket.Value);
            }

            bool hasSum = !_open || !buckets.Any(bucket => bucket.Label("le")!.StartsWith('-'));
            bool whole = double.IsPositiveInfinity(below)
                && series.Count(sample => sample.Name == _name + "_count" && sample.Value == count) == (hasSum ? 1 : 0)
                && series.Count(sample => sample.Name == _name + "_sum") == (hasSum ? 1 : 0)
                && series.Count() == buckets.Length + (hasSum ? 2 : 0);
            if (!whole)
            {
                throw new FormatException($"{_name}{series.Key} has no +Inf, another count, no sum, or one beside bounds below 0.");
            }
        }
    }

    private bool IsCanonical(string le, double bound)
    {
        string shortest = bound.ToString("R", CultureInfo.InvariantCulture);
        return le == (double.IsInfinity(bound) ? "+Inf" : !_open ? shortest : shortest.AsSpan().ContainsAny('.', 'E') ? shortest.Replace('E', 'e') : shortest + ".0");
    }
}
