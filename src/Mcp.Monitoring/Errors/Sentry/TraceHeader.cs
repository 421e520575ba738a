using System.Globalization;
using Mcp.Monitoring.Errors.Sentry.Performance;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>What Sentry's own sampling reads before it reads the items; every value is text there. A client without a hub sends none.</summary>
internal sealed record TraceHeader(string TraceId, string PublicKey, string? Environment, string? Release, string? Transaction, TraceSampling? Sampling)
{
    public Dictionary<string, object?> ToDictionary()
    {
        var trace = new Dictionary<string, object?>(StringComparer.Ordinal) { ["trace_id"] = TraceId, ["public_key"] = PublicKey };
        Tell("environment", Environment);
        Tell("release", Release);
        Tell("transaction", Transaction);
        Tell("sample_rate", Sampling?.Rate.ToString(CultureInfo.InvariantCulture));
        Tell("sampled", Sampling is not { } sampling ? null : sampling.IsSampled ? "true" : "false");
        return trace;

        void Tell(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                trace[name] = value;
            }
        }
    }
}
