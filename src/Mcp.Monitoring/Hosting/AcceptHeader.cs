using Mcp.Monitoring.Metrics.Exposition;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mcp.Monitoring.Hosting;

/// <summary>What a scraper wants, by <c>Accept</c> and <c>Accept-Encoding</c> (RFC 9110, section 12.5), quality values honoured.</summary>
internal static class AcceptHeader
{
    public const string TextType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    public const string ProtobufType = $"{ProtobufMediaType}; proto={ProtobufMessage}; encoding={ProtobufEncoding}";

    private const string ProtobufMediaType = "application/vnd.google.protobuf";
    private const string ProtobufMessage = "io.prometheus.client.MetricFamily";
    private const string ProtobufEncoding = "delimited";

    public static string TypeOf(ExpositionFormat format) => format switch
    {
        ExpositionFormat.OpenMetrics => OpenMetricsType,
        ExpositionFormat.Protobuf => ProtobufType,
        _ => TextType,
    };

    /// <summary>Chooses what is wanted most; of equal wishes the one named first, and text for whoever takes anything.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="mayBeProtobuf">Whether the format of native histograms is served.</param>
    public static ExpositionFormat Format(HttpRequest request, bool mayBeProtobuf)
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
            if (quality > best && FormatOf(type) is { } format && (mayBeProtobuf || format != ExpositionFormat.Protobuf))
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
            string? version = Parameter(type, "version");
            return version is null or "1.0.0" or "0.0.1" ? ExpositionFormat.OpenMetrics : null;
        }

        if (type.MediaType.Equals(ProtobufMediaType, StringComparison.OrdinalIgnoreCase))
        {
            return Parameter(type, "proto") is ProtobufMessage && Parameter(type, "encoding") is ProtobufEncoding ? ExpositionFormat.Protobuf : null;
        }

        return type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase) || type.MatchesAllTypes
            || type.MediaType.Equals("text/*", StringComparison.OrdinalIgnoreCase)
            ? ExpositionFormat.Text
            : null;
    }

    private static string? Parameter(MediaTypeHeaderValue type, string name) =>
        type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value.Value?.Trim('"');
}
