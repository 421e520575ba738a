using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Alerting.Texts;

/// <summary>The texts of messages in one language, from <c>Texts/AlertTexts.*.resx</c>.</summary>
internal sealed partial class AlertTexts
{
    private static readonly AlertTexts English = new(AlertLanguage.En, CultureInfo.InvariantCulture.NumberFormat);
    private static readonly AlertTexts Russian = new(AlertLanguage.Ru, new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "\u00A0" });

    private readonly AlertLanguage _language;
    private readonly ResourceManager _texts;

    // Both languages are in the assembly itself and found by their own names: where the host runs without ICU there is no culture but the invariant one.
    private AlertTexts(AlertLanguage language, NumberFormatInfo numbers)
    {
        _language = language;
        Numbers = numbers;
        _texts = new ResourceManager($"{typeof(AlertTexts).FullName}.{language.ToString().ToLowerInvariant()}", typeof(AlertTexts).Assembly);
    }

    public NumberFormatInfo Numbers { get; }

    public static AlertTexts In(AlertLanguage language) => language == AlertLanguage.Ru ? Russian : English;

    /// <summary>Gets a text without places.</summary>
    public string this[string key] => _texts.GetString(key, CultureInfo.InvariantCulture) ?? throw new ArgumentException($"There is no text \"{key}\".", nameof(key));

    /// <summary>
    /// Fills a text: <c>{0}</c> is the first value, <c>{0|call|calls}</c> the form that goes with it, in the order of CLDR's plural categories: one, other; in Russian
    /// one, few, many.
    /// </summary>
    public string Say(string key, params object[] values) => Place().Replace(this[key], place =>
    {
        object value = values[int.Parse(place.Groups["index"].ValueSpan, CultureInfo.InvariantCulture)];
        return place.Groups["forms"] is { Success: true, Value: var forms }
            ? forms.Split('|')[Form(Convert.ToInt64(value, CultureInfo.InvariantCulture))]
            : value switch
            {
                string text => text,
                int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString("N0", Numbers),
                _ => throw new ArgumentException($"A {value.GetType().Name} is no value of a text.", nameof(values)),
            };
    });

    // https://cldr.unicode.org, plural rules of whole numbers.
    private int Form(long count)
    {
        long last = Math.Abs(count % 10), lastTwo = Math.Abs(count % 100);
        return (_language, last, lastTwo) switch
        {
            (AlertLanguage.En, _, _) => count == 1 ? 0 : 1,
            (_, 1, not 11) => 0,
            (_, >= 2 and <= 4, not (>= 12 and <= 14)) => 1,
            _ => 2,
        };
    }

    [GeneratedRegex(@"\{(?<index>[0-9])(\|(?<forms>[^}]*))?\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
