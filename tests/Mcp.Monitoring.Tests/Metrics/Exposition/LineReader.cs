using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Tests.Metrics.Exposition;

/// <summary>Reads one line of an exposition from left to right and forgives nothing.</summary>
internal sealed partial class LineReader(string line)
{
    private int _at;

    public bool IsAtEnd => _at == line.Length;

    public string Name()
    {
        int start = _at;
        while (_at < line.Length && (char.IsAsciiLetterOrDigit(line[_at]) || line[_at] is '_' or ':'))
        {
            _at++;
        }

        return _at > start && !char.IsAsciiDigit(line[start]) ? line[start.._at] : throw Fault("a name");
    }

    public void Expect(string text)
    {
        if (!TryTake(text))
        {
            throw Fault($"'{text}'");
        }
    }

    public bool TryTake(string text)
    {
        if (!line.AsSpan(_at).StartsWith(text, StringComparison.Ordinal))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    public List<(string Name, string Value)> Labels()
    {
        var labels = new List<(string Name, string Value)>();
        if (!TryTake("{"))
        {
            return labels;
        }

        do
        {
            string name = Name();
            if (name.Contains(':', StringComparison.Ordinal) || labels.Exists(label => label.Name == name))
            {
                throw Fault("a new label name");
            }

            Expect("=\"");
            labels.Add((name, Quoted()));
        }
        while (TryTake(","));

        Expect("}");
        return labels;
    }

    public string Number(out double value)
    {
        int end = line.IndexOf(' ', _at);
        string text = end < 0 ? line[_at..] : line[_at..end];
        value = text switch
        {
            "NaN" => double.NaN,
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => Real().IsMatch(text) ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : throw Fault("a number"),
        };
        _at += text.Length;
        return text;
    }

    public string Rest()
    {
        string rest = line[_at..];
        _at = line.Length;
        return rest;
    }

    public FormatException Fault(string expected) => new($"Expected {expected} at column {_at + 1} of: {line}");

    public static string Unescape(string text, bool quotes)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(quotes && text[i] == '"' ? throw new FormatException($"A bare quote in: {text}") : text[i]);
                continue;
            }

            plain.Append((++i < text.Length ? text[i] : '\0') switch
            {
                '\\' => '\\',
                'n' => '\n',
                '"' when quotes => '"',
                _ => throw new FormatException($"An unknown escape in: {text}"),
            });
        }

        return plain.ToString();
    }

    private string Quoted()
    {
        int start = _at;
        while (_at < line.Length && line[_at] != '"')
        {
            _at += line[_at] == '\\' ? 2 : 1;
        }

        if (_at >= line.Length)
        {
            throw Fault("a closing quote");
        }

        return Unescape(line[start.._at++], quotes: true);
    }

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Real();
}
