using Mcp.Monitoring.Metrics.Exposition;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mcp.Monitoring.Hosting;

/// <summary>What a scraper wants, by <c>Accept</c> and <c>Accept-Encoding</c> (RFC 9110, section 12.5), quality values honoured.</summary>
internal static class AcceptHeader
{
    public const string TextType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>Chooses OpenMetrics where it is wanted more than text; of equal wishes the one named first, and text for whoever takes anything.</summary>
    public static ExpositionFormat Format(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted))
        {
            return ExpositionFormat.Text;
        }

        ExpositionFormat chosen = ExpositionFormat.Text;
        double best = 0;
        foreach (MediaTypeHeaderValue type in accepted)
        {
            double quality = type.Quality ?? 1;
            if (quality > best && FormatOf(type) is { } format)
            {
                best = quality;
                chosen = format;
            }
        }

        return chosen;
    }

    public static bool AcceptsGzip(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out IList<StringWithQualityHeaderValue>? accepted))
        {
            return false;
        }

        double? gzip = null;
        double any = 0;
        foreach (StringWithQualityHeaderValue encoding in accepted)
        {
            double quality = encoding.Quality ?? 1;
            if (encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase))
            {
                gzip = quality;
            }
            else if (encoding.Value.Equals("*", StringComparison.Ordinal))
            {
                any = quality;
            }
        }

        return (gzip ?? any) > 0;
    }

    /// <summary>Finds out whether JSON is wanted more than text; who takes anything gets text.</summary>
    public static bool PrefersJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted))
        {
            return false;
        }

        return Wish("application/json") > Wish("text/plain");

        // The most specific range counts (RFC 9110, 12.5.1).
        double Wish(string type)
        {
            var wanted = new MediaTypeHeaderValue(type);
            return accepted.Where(range => wanted.IsSubsetOf(range))
                .OrderBy(range => range.MatchesAllTypes).ThenBy(range => range.MatchesAllSubTypes)
                .Select(range => range.Quality ?? 1).FirstOrDefault();
        }
    }

    private static ExpositionFormat? FormatOf(MediaTypeHeaderValue type)
    {
        if (type.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase))
        {
            string? version = type.Parameters.FirstOrDefault(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.Value.Value?.Trim('"');
            return version is null or "1.0.0" or "0.0.1" ? ExpositionFormat.OpenMetrics : null;
        }

        return type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase) || type.MatchesAllTypes
            || type.MediaType.Equals("text/*", StringComparison.OrdinalIgnoreCase)
            ? ExpositionFormat.Text
            : null;
    }
}
