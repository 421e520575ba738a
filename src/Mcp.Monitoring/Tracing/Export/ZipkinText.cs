using System.Buffers;
using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Values as text, which is all that Zipkin knows: bounded, and always valid UTF-16.</summary>
internal static class ZipkinText
{
    public const int Longest = 1_024;
    private const int MostItems = 64;

    public static string Of(object value)
    {
        try
        {
            return Of(value switch
            {
                string text => text,
                bool flag => flag ? "true" : "false",
                IEnumerable items => OfItems(items),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
            });
        }
        catch (Exception)
        {
            // A value that cannot be written is the application's own; the span is worth more without it than not at all.
            return "";
        }
    }

    public static string Of(string text)
    {
        if (text.Length <= Longest && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var valid = new StringBuilder(Longest);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (valid.Length + rune.Utf16SequenceLength > Longest)
            {
                break;
            }

            valid.Append(rune.ToString());
        }

        return valid.ToString();
    }

    /// <summary>Writes an event: its name, and its attributes as JSON behind it.</summary>
    public static string Of(in ActivityEvent happened)
    {
        var json = new ArrayBufferWriter<byte>();
        int attributes = 0;
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(Of(happened.Name));
            foreach (ref readonly KeyValuePair<string, object?> tag in happened.EnumerateTagObjects())
            {
                if (tag.Value is { } value && attributes++ < MostItems)
                {
                    writer.WriteString(Of(tag.Key), Of(value));
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return attributes == 0 ? Of(happened.Name) : Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static string OfItems(IEnumerable items) => string.Join(',', items.Cast<object?>().Take(MostItems).Select(item => item is null or IEnumerable and not string ? "" : Of(item)));
}
