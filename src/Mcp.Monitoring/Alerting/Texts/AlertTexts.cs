using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Alerting.Texts;

/// <summary>The texts of messages in one language, from <c>Texts/AlertTexts.*.resx</c>: every word that a person reads in a message.</summary>
internal sealed partial class AlertTexts
{
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

    public static AlertTexts English { get; } = new(AlertLanguage.En, CultureInfo.InvariantCulture.NumberFormat);

    public NumberFormatInfo Numbers { get; }

    public static AlertTexts In(AlertLanguage language) => language == AlertLanguage.Ru ? Russian : English;

    /// <summary>Gets a text without places.</summary>
    public string this[string key] => _texts.GetString(key, CultureInfo.InvariantCulture) ?? throw new ArgumentException($"There is no text \"{key}\".", nameof(key));

    /// <summary>
    /// Fills a text: <c>{0}</c> is the first value, <c>{0|call|calls}</c> the form that goes with it, in the order of CLDR's plural categories: one, other; in Russian
    /// one, few, many. A value is a text, a count or an <see cref="Amount"/>.
    /// </summary>
    public string Say(string key, params object[] values) => Place().Replace(this[key], place =>
    {
        object value = values[int.Parse(place.Groups["index"].ValueSpan, CultureInfo.InvariantCulture)];
        return place.Groups["forms"] is { Success: true, Value: var forms } ? forms.Split('|')[Form(value)] : Written(value);
    });

    private string Written(object value) => value switch
    {
        string text => text,
        int or long or double => this.Count(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        Amount amount => this.Number(amount.Value),
        _ => throw new ArgumentException($"A {value.GetType().Name} is no value of a text.", nameof(value)),
    };

    private int Form(object value) => value switch
    {
        // What has a fraction is called as two are, 1.5 of them; what is no number, as many.
        Amount { Value: var amount } when double.IsFinite(amount) && amount != Math.Floor(amount) => 1,
        Amount { Value: var amount } => Form(amount),
        _ => Form(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
    };

    // https://cldr.unicode.org, plural rules of whole numbers.
    private int Form(double number)
    {
        double count = double.IsFinite(number) ? Math.Abs(Math.Round(number)) : 0;
        double last = count % 10, lastTwo = count % 100;
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
