using System.Globalization;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>The header <c>Retry-After</c> (RFC 9110, 10.2.3): seconds, which some services write with a fraction, or a date.</summary>
internal static class RetryAfter
{
    // More cannot be meant, and would not fit into a time.
    private const double MostSeconds = 30 * 24 * 3600;

    /// <param name="response">The answer.</param>
    /// <param name="now">What time it is there, if that is known.</param>
    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset? now)
    {
        if (!response.Headers.NonValidated.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        string text = values.ToString().Trim();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds >= 0)
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds));
        }

        return now is { } there && DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? TimeSpan.FromSeconds(Math.Clamp((date - there).TotalSeconds, 0, MostSeconds))
            : null;
    }
}
