using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Redaction;
using Mcp.Monitoring.Redaction.Names;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>Writes values of any kind, within a depth, a count and a budget of characters. Nothing of theirs is called but what makes them text.</summary>
internal sealed class DataWriter(PayloadWriter payload, TextBudget budget)
{
    private const string TooMuch = "[left out: too much]", Unreadable = "[left out: cannot be read]";

    private readonly Utf8JsonWriter _json = payload.Json;

    /// <summary>Writes values by name, or nothing where there are none.</summary>
    public void Pairs(string name, IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        bool isOpen = false;
        foreach ((string key, object? value) in pairs.Take(PayloadLimits.DataItems))
        {
            if (string.IsNullOrEmpty(key) || budget.Left == 0)
            {
                continue;
            }

            if (!isOpen)
            {
                _json.WriteStartObject(name);
                isOpen = true;
            }

            Pair(key, value, 1);
        }

        if (isOpen)
        {
            _json.WriteEndObject();
        }
    }

    private void Pair(string key, object? value, int depth)
    {
        _json.WritePropertyName(payload.Clean(key, PayloadLimits.PairKey, budget));
        Value(value is not null && SecretNames.IsTelling(key) ? SecretScrubber.Replacement : value, depth);
    }

    private void Value(object? value, int depth)
    {
        switch (value)
        {
            case null:
                _json.WriteNullValue();
                break;
            case string text:
                Text(text);
                break;
            case bool flag:
                _json.WriteBooleanValue(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                _json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                _json.WriteNumberValue(number);
                break;
            case decimal number:
                _json.WriteNumberValue(number);
                break;
            case Half or float or double:
                Number(value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case JsonElement { ValueKind: JsonValueKind.String } element:
                Text(element.GetString() ?? "");
                break;
            case JsonValue or JsonElement { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) }:
                Text(Written(value));
                break;
            case JsonElement { ValueKind: JsonValueKind.Object } element:
                Nested(depth, '{', element.EnumerateObject().Select(member => new KeyValuePair<string, object?>(member.Name, member.Value)));
                break;
            case JsonElement element:
                Nested(depth, '[', element.EnumerateArray().Select(item => new KeyValuePair<string, object?>("", item)));
                break;
            case JsonObject members:
                Nested(depth, '{', members.Select(member => new KeyValuePair<string, object?>(member.Key, member.Value)));
                break;
            case IDictionary<string, object?> members:
                Nested(depth, '{', members);
                break;
            case IDictionary members:
                Nested(depth, '{', members.Keys.Cast<object>().Select(key => new KeyValuePair<string, object?>(Written(key), members[key])));
                break;
            case IReadOnlyCollection<KeyValuePair<string, object?>> members:
                Nested(depth, '{', members);
                break;
            case ICollection or IReadOnlyCollection<object> or JsonArray:
                Nested(depth, '[', ((IEnumerable)value).Cast<object?>().Select(item => new KeyValuePair<string, object?>("", item)));
                break;
            default:
                Text(Written(value));
                break;
        }
    }

    private void Nested(int depth, char kind, IEnumerable<KeyValuePair<string, object?>> members)
    {
        if (depth >= PayloadLimits.DataDepth || budget.Left == 0)
        {
            _json.WriteStringValue(TooMuch);
            return;
        }

        KeyValuePair<string, object?>[] read;
        try
        {
            // Somebody may be changing it: what is read is written, what cannot be read is not.
            read = [.. members.Take(PayloadLimits.DataItems)];
        }
        catch (Exception)
        {
            _json.WriteStringValue(Unreadable);
            return;
        }

        if (kind == '{')
        {
            _json.WriteStartObject();
            foreach ((string key, object? value) in read)
            {
                if (key is not null && budget.Left > 0)
                {
                    Pair(key, value, depth + 1);
                }
            }

            _json.WriteEndObject();
        }
        else
        {
            _json.WriteStartArray();
            foreach ((_, object? value) in read)
            {
                Value(budget.Left > 0 ? value : TooMuch, depth + 1);
            }

            _json.WriteEndArray();
        }
    }

    private void Number(double number)
    {
        if (double.IsFinite(number))
        {
            _json.WriteNumberValue(number);
        }
        else
        {
            Text(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void Text(string text) => _json.WriteStringValue(payload.Clean(text, PayloadLimits.DataValue, budget));

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
}
