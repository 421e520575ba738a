using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>The value of a tag as the value of a label: text as it is, collections as JSON, all of it bounded.</summary>
internal static class TagValue
{
    public const int Longest = 200;

    /// <summary>Gets whether a value may be kept to know it again: one that is long is not, nor one that may be another the next time.</summary>
    public static bool IsKept(object? value) => value switch
    {
        string text => text.Length <= Longest,
        IEnumerable or Memory<byte> or ReadOnlyMemory<byte> => false,
        _ => !TagMemory.Is(value),
    };

    /// <summary>Gets the text; empty where the value fails to tell, so that the measurement counts all the same.</summary>
    public static string Text(object? value)
    {
        try
        {
            return Bounded(TextOf(value));
        }
        catch (Exception)
        {
            return "";
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => NumberOf(number),
        float number => NumberOf(number),
        JsonValue json => json.ToString(),
        _ when TagBytes.TryGet(value, out ReadOnlySpan<byte> bytes) => TagBytes.Base64(bytes, Longest),
        _ when TagJson.IsCollection(value) => TagJson.Text(value, Longest),
        _ => OtherText(value),
    };

    /// <summary>Gets the text of a value that is neither a text, a number of floating point, nor a collection.</summary>
    public static string OtherText(object value) =>
        (value is IFormattable formattable ? formattable.ToString(format: null, CultureInfo.InvariantCulture) : value.ToString()) ?? "";

    /// <summary>Brings a text to what a page can hold: cut, in whole characters, and with line feeds only, since many a reader ends a line at the others too.</summary>
    public static string Bounded(string value)
    {
        if (value.Length > Longest)
        {
            value = value[..(char.IsHighSurrogate(value[Longest - 1]) ? Longest - 1 : Longest)];
        }

        return WellFormedText.Of(value).ReplaceLineEndings("\n");
    }

    // OpenMetrics 1.0, "Considerations: Canonical Numbers".
    private static string NumberOf(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        }

        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text.Replace('E', 'e') : text + ".0";
    }
}
