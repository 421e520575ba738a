using System.Globalization;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Infrastructure.Redaction.Names;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Errors;

/// <summary>Names and values of a log record, copied as plain values: few, short, and without those whose names tell of a secret.</summary>
internal sealed class LogValues
{
    public const int Most = 32;
    public const int LongestName = 64;
    public const int LongestValue = 1_024;
    public const int ShortestSecret = 3;
    private const string TemplateKey = "{OriginalFormat}", TraceIdKey = "TraceId";
    private static readonly string[] Told = ["CorrelationId", "SpanId", "ParentId", "Operation", "Session"];

    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private List<string>? _secrets;
    private List<string>? _texts;

    /// <summary>Gets the template of the message.</summary>
    public string? Template { get; private set; }

    /// <summary>Gets the trace that the scopes name: the one that everything else about their record has.</summary>
    public string? TraceId { get; private set; }

    public int Count => _values.Count;

    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>Reads the parameters of a message.</summary>
    public static LogValues OfState(object? state)
    {
        var values = new LogValues();
        values.AddAll(state as IEnumerable<KeyValuePair<string, object?>> ?? [], []);
        return values;
    }

    /// <summary>Reads the scopes around a record; of two that say the same the inner one counts. What an event says by itself is left out.</summary>
    public static LogValues OfScopes(IExternalScopeProvider? scopes)
    {
        var values = new LogValues();
        scopes?.ForEachScope(static (scope, into) => into.AddScope(scope), values);
        if (values._texts is { } texts)
        {
            values.Add("Scope", string.Join(" => ", texts));
        }

        return values;
    }

    /// <summary>Takes values out of a text that were left out here for their names.</summary>
    public string Clean(string text)
    {
        foreach (string secret in _secrets ?? [])
        {
            text = text.Replace(secret, SecretScrubber.Replacement, StringComparison.Ordinal);
        }

        return text;
    }

    private void AddScope(object? scope)
    {
        if (scope is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            AddAll(pairs, Told);
        }
        else if (scope is not null && (_texts ??= []).Count < Most)
        {
            _texts.Add(TextCut.At(scope.ToString() ?? "", LongestName));
        }
    }

    private void AddAll(IEnumerable<KeyValuePair<string, object?>> pairs, string[] told)
    {
        foreach ((string name, object? value) in pairs.Take(Most))
        {
            if (name == TemplateKey)
            {
                Template = value as string;
            }
            else if (name == TraceIdKey && told.Length > 0)
            {
                TraceId = value as string ?? TraceId;
            }
            else if (!string.IsNullOrEmpty(name) && value is not null && !told.Contains(name, StringComparer.Ordinal))
            {
                Add(TextCut.At(name, LongestName), value);
            }
        }
    }

    private void Add(string name, object value)
    {
        if (_values.Count >= Most && !_values.ContainsKey(name))
        {
            return;
        }

        if (!SecretNames.IsTelling(name))
        {
            _values[name] = Plain(value);
            return;
        }

        _values[name] = SecretScrubber.Replacement;
        if (value is string { Length: >= ShortestSecret } secret)
        {
            (_secrets ??= []).Add(secret);
        }
    }

    // The object itself may change before it is written, or be large.
    private static object Plain(object value) => value switch
    {
        bool or sbyte or byte or short or ushort or int or uint or long or float or double => value,
        string text => TextCut.AtWord(text, LongestValue),
        IFormattable formattable => TextCut.AtWord(formattable.ToString(format: null, CultureInfo.InvariantCulture), LongestValue),
        _ => TextCut.AtWord(value.ToString() ?? "", LongestValue),
    };
}
