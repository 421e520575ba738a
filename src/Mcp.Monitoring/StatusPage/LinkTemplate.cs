using System.Text.RegularExpressions;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.StatusPage;

/// <summary>An address with the ids of a failure in it.</summary>
internal static partial class LinkTemplate
{
    private const string TraceId = "{trace_id}", CorrelationId = "{correlation_id}";
    private const string Remedy = $"Set it to an http or https URL with {TraceId} or {CorrelationId} behind the host, or leave it out.";

    /// <summary>Judges a template, if it is there.</summary>
    public static Fault? Check(string path, string? template)
    {
        if (template is null)
        {
            return null;
        }

        if (!AlertNames.IsLink(template) || template.AsSpan().ContainsAny('\r', '\n', '\t'))
        {
            return Fault.Of(path, template, Remedy);
        }

        if (Placeholder.Is(template))
        {
            return new Fault(path, SettingRules.Named("is a placeholder", template), Remedy);
        }

        string[] names = [.. Named().Matches(template).Select(match => match.Value)];
        return Array.Find(names, name => name is not (TraceId or CorrelationId)) is { } unknown
            ? new Fault(path, $"has {Printable.Cut(unknown)}, which stands for nothing", $"Write {TraceId} or {CorrelationId}.")
            : names.Length == 0 ? new Fault(path, "has no id in it", $"Write {TraceId} or {CorrelationId} where the id of a failure is to stand.")
            : Named().Replace(template, "").AsSpan().ContainsAny('{', '}') ? new Fault(path, "has a brace that stands alone", $"Write {TraceId} or {CorrelationId}, and other braces as %7B and %7D.")
            : IsInHost(template) ? new Fault(path, "has an id in its host", "A correlation id may be what a client sent: write it behind the host.")
            : null;
    }

    /// <summary>Writes the ids into a template.</summary>
    /// <param name="template">The template, a valid one.</param>
    /// <param name="traceId">The trace.</param>
    /// <param name="correlationId">The correlation id; what a client sent.</param>
    /// <returns>The address; <see langword="null"/> without a template, or where it wants an id that is not there.</returns>
    public static string? Fill(string? template, string? traceId, string? correlationId)
    {
        if (template is null || Misses(template, TraceId, traceId) || Misses(template, CorrelationId, correlationId))
        {
            return null;
        }

        // In one pass: what a client sent may look like a placeholder.
        return Named().Replace(template, match => Uri.EscapeDataString((match.Value == TraceId ? traceId : correlationId) ?? ""));
    }

    private static bool Misses(string template, string name, string? id) => string.IsNullOrEmpty(id) && template.Contains(name, StringComparison.Ordinal);

    private static bool IsInHost(string template)
    {
        int host = template.IndexOf("://", StringComparison.Ordinal) + "://".Length;
        int end = template.AsSpan(host).IndexOfAny('/', '?', '#');
        return template.AsSpan(host, end < 0 ? template.Length - host : end).Contains('{');
    }

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Named();
}
