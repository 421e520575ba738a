using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>
/// Collections as JSON, as OpenTelemetry represents values for protocols that have only text ("Common"). It stops behind the longest text that anybody keeps, which
/// also ends a list that is in itself. Only what is there already is read: a sequence might wait for its items, or take them from whoever they are for.
/// </summary>
internal static class TagJson
{
    // More than a text of that length can hold; they are put in order, so that a map is the same text whatever its own order.
    private const int MostMembers = 1_000;

    public static bool IsCollection(object? value) => IsMap(value) || IsList(value) || value is JsonDocument || TagMemory.Is(value);

    public static string Text(object value, int most)
    {
        var text = new StringBuilder();
        Append(text, value, most);
        return text.ToString();
    }

    private static bool IsMap(object? value) => value is IDictionary or ICollection<KeyValuePair<string, object?>> or NameValueCollection
        or ICollection<KeyValuePair<string, StringValues>> or IQueryCollection or IFormCollection
        || (value is IEnumerable<IGrouping<object, object?>> and not ICollection && CountedTypes.Has(value.GetType()));

    private static bool IsList(object? value) => value is ICollection or JsonNode || (value is IEnumerable and not string && CountedTypes.Has(value.GetType()));

    private static void Append(StringBuilder text, object? value, int most)
    {
        if (text.Length > most)
        {
            return;
        }

        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string characters:
                AppendQuoted(text, characters, most);
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case double or float or Half:
                AppendReal(text, (IFormattable)value, Convert.ToDouble(value is Half half ? (double)half : value, CultureInfo.InvariantCulture));
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or nint or nuint or Int128 or UInt128 or BigInteger or decimal:
                text.Append(((IFormattable)value).ToString(format: null, CultureInfo.InvariantCulture));
                break;
            case JsonElement element:
                text.Append(element.GetRawText());
                break;
            case JsonDocument document:
                text.Append(document.RootElement.GetRawText());
                break;
            case JsonNode node:
                text.Append(node.ToJsonString());
                break;
            default:
                AppendOther(text, value, most);
                break;
        }
    }

    private static void AppendOther(StringBuilder text, object value, int most)
    {
        if (TagBytes.TryGet(value, out ReadOnlySpan<byte> bytes))
        {
            AppendQuoted(text, TagBytes.Base64(bytes, most), most);
        }
        else if (IsMap(value))
        {
            AppendMap(text, value, most);
        }
        else if (IsList(value))
        {
            AppendList(text, (IEnumerable)value, most);
        }
        else if (TagMemory.TryGet(value, most, out Array? items))
        {
            AppendList(text, items, most);
        }
        else
        {
            AppendQuoted(text, TagValue.OtherText(value), most);
        }
    }

    private static void AppendReal(StringBuilder text, IFormattable number, double value)
    {
        if (double.IsFinite(value))
        {
            text.Append(number.ToString(format: null, CultureInfo.InvariantCulture));
        }
        else
        {
            text.Append(double.IsNaN(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
        }
    }

    private static void AppendList(StringBuilder text, IEnumerable items, int most)
    {
        text.Append('[');
        bool isFirst = true;
        foreach (object? item in items)
        {
            if (text.Length > most)
            {
                return;
            }

            text.Append(isFirst ? "" : ",");
            isFirst = false;
            Append(text, item, most);
        }

        text.Append(']');
    }

    private static void AppendMap(StringBuilder text, object map, int most)
    {
        text.Append('{');
        bool isFirst = true;
        foreach ((string key, object? value) in Members(map).Take(MostMembers).OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (text.Length > most)
            {
                return;
            }

            text.Append(isFirst ? "" : ",");
            isFirst = false;
            AppendQuoted(text, key, most);
            text.Append(':');
            Append(text, value, most);
        }

        text.Append('}');
    }

    private static IEnumerable<KeyValuePair<string, object?>> Members(object map)
    {
        switch (map)
        {
            case IEnumerable<KeyValuePair<string, object?>> members:
                return members;
            case IEnumerable<KeyValuePair<string, StringValues>> members:
                return members.Select(static member => new KeyValuePair<string, object?>(member.Key, OneOrAll(member.Value.ToArray())));
            case IEnumerable<IGrouping<object, object?>> members:
                return members.Select(static group => new KeyValuePair<string, object?>(TagValue.OtherText(group.Key), group));
            case NameValueCollection members:
                return members.AllKeys.Take(MostMembers).Select(key => new KeyValuePair<string, object?>(key ?? "", OneOrAll(members.GetValues(key))));
            default:
                return Entries((IDictionary)map);
        }
    }

    // A header or a field of a query has one value, and may have several.
    private static object? OneOrAll(string?[]? values) => values is [string one] ? one : values;

    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary map)
    {
        // Not through the items of a foreach: those of a generic dictionary are pairs, whose types nobody knows.
        IDictionaryEnumerator entries = map.GetEnumerator();
        try
        {
            while (entries.MoveNext())
            {
                yield return new KeyValuePair<string, object?>(TagValue.OtherText(entries.Key), entries.Value);
            }
        }
        finally
        {
            (entries as IDisposable)?.Dispose();
        }
    }

    private static void AppendQuoted(StringBuilder text, string characters, int most)
    {
        text.Append('"');
        foreach (char c in characters.AsSpan(0, Math.Min(characters.Length, most + 1)))
        {
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append(@"\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case < ' ' or '\u0085' or '\u2028' or '\u2029':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
