using System.Globalization;
using System.Text.Json;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>What Sentry's own sampling reads before it reads the items; every value is text there.</summary>
internal sealed record TraceHeader(string TraceId, string PublicKey, string? Environment, string? Release, string? Transaction, TraceSampling? Sampling)
{
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("trace");
        json.WriteString("trace_id", TraceId);
        json.WriteString("public_key", PublicKey);
        Text(json, "environment", Environment);
        Text(json, "release", Release);
        Text(json, "transaction", Transaction);
        if (Sampling is { } sampling)
        {
            json.WriteString("sample_rate", sampling.Rate.ToString(CultureInfo.InvariantCulture));
            json.WriteString("sampled", sampling.IsSampled ? "true" : "false");
        }

        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
