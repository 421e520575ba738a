using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Infrastructure.Redaction.Names;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>
/// Makes values of any kind into numbers, truth values, texts without secrets, lists and dictionaries, within a depth, a count and a budget of characters.
/// Nothing of theirs is called but what makes them text.
/// </summary>
internal sealed class PlainData(ScrubbedText text, TextBudget budget)
{
    private const string TooMuch = "[left out: too much]", Unreadable = "[left out: cannot be read]";

    public Dictionary<string, object?> Pairs(IEnumerable<KeyValuePair<string, object?>> pairs) => Pairs(pairs, 1);

    /// <summary>One value by its name, which may tell that it is a secret.</summary>
    public object? Named(string name, object? value) => value is not null && SecretNames.IsTelling(name) ? SecretScrubber.Replacement : Plain(value, 1);

    /// <summary>A value as text, whatever it does.</summary>
    public static string Written(object value)
    {
        try
        {
            return value switch
            {
                DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
                DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString() ?? "",
            };
        }
        catch (Exception)
        {
            return Unreadable;
        }
    }

    private Dictionary<string, object?> Pairs(IEnumerable<KeyValuePair<string, object?>> pairs, int depth)
    {
        Dictionary<string, object?> plain = new(StringComparer.Ordinal);
        foreach ((string key, object? value) in pairs.Take(PayloadLimits.DataItems))
        {
            if (!string.IsNullOrEmpty(key) && budget.Left > 0)
            {
                plain[text.Clean(key, PayloadLimits.PairKey, budget)] = value is not null && SecretNames.IsTelling(key) ? SecretScrubber.Replacement : Plain(value, depth);
            }
        }

        return plain;
    }

    private object? Plain(object? value, int depth) => value switch
    {
        null or bool => value,
        string said => Text(said),
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => (decimal)number,
        decimal => value,
        Half or float or double => Number(value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        JsonElement { ValueKind: JsonValueKind.String } element => Text(element.GetString() ?? ""),
        JsonElement { ValueKind: JsonValueKind.Object } element => Nested(depth, element.EnumerateObject().Select(member => new KeyValuePair<string, object?>(member.Name, member.Value))),
        JsonElement { ValueKind: JsonValueKind.Array } element => Listed(depth, element.EnumerateArray().Cast<object?>()),
        JsonObject members => Nested(depth, members.Select(member => new KeyValuePair<string, object?>(member.Key, member.Value))),
        IDictionary<string, object?> members => Nested(depth, members),
        IDictionary members => Nested(depth, members.Keys.Cast<object>().Select(key => new KeyValuePair<string, object?>(Written(key), members[key]))),
        IReadOnlyCollection<KeyValuePair<string, object?>> members => Nested(depth, members),
        ICollection or IReadOnlyCollection<object> or JsonArray => Listed(depth, ((IEnumerable)value).Cast<object?>()),
        _ => Text(Written(value)),
    };

    private object Nested(int depth, IEnumerable<KeyValuePair<string, object?>> members) =>
        depth >= PayloadLimits.DataDepth || budget.Left == 0 ? TooMuch
        : Read(members) is { } read ? Pairs(read, depth + 1)
        : Unreadable;

    private object Listed(int depth, IEnumerable<object?> items) =>
        depth >= PayloadLimits.DataDepth || budget.Left == 0 ? TooMuch
        : Read(items) is { } read ? read.Select(item => budget.Left > 0 ? Plain(item, depth + 1) : TooMuch).ToArray()
        : Unreadable;

    // Somebody may be changing it: what can be read is kept.
    private static T[]? Read<T>(IEnumerable<T> items)
    {
        try
        {
            return [.. items.Take(PayloadLimits.DataItems)];
        }
        catch (Exception)
        {
            return null;
        }
    }

    private object Number(double number) => double.IsFinite(number) ? number : Text(number.ToString(CultureInfo.InvariantCulture));

    private string Text(string said) => text.Clean(said, PayloadLimits.DataValue, budget);
}
