using System.Collections.Concurrent;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Errors.Sentry.Capture;

/// <summary>What is not worth an event: connections that clients closed, health checks, and what the settings name.</summary>
internal sealed class NoiseFilter(SentryOptions options)
{
    private const string HealthChecks = "Microsoft.Extensions.Diagnostics.HealthChecks";
    private const int LongestMessage = 2_000;

    // By name: they belong to the web server.
    private static readonly string[] Disconnects =
    [
        "Microsoft.AspNetCore.Connections.ConnectionResetException", "Microsoft.AspNetCore.Connections.ConnectionAbortedException",
        "Microsoft.AspNetCore.Server.Kestrel.Core.BadHttpRequestException", "Microsoft.AspNetCore.Http.BadHttpRequestException",
    ];

    private static readonly string[] Probes =
        ["health", "healthz", "healthcheck", "healthchecks", "ready", "readyz", "readiness", "live", "livez", "liveness", "alive"];

    private readonly TextPattern[] _names = [.. options.IgnoreExceptions.Select(name => new TextPattern(name.Trim()))];
    private readonly TextPattern[] _messages = [.. options.IgnoreMessages.Select(message => new TextPattern(message.Trim()))];
    private readonly TextPattern[] _loggers =
        [.. options.IgnoreLoggers.Append(HealthChecks).Select(name => name.Trim()).SelectMany(name => new[] { name, name + ".*" }).Select(name => new TextPattern(name))];

    private readonly ConcurrentDictionary<Type, bool> _types = new();

    /// <summary>Returns whether records of a logger are to be left out; asked once for each logger.</summary>
    public bool DropsLogger(string category) => Array.Exists(_loggers, pattern => pattern.Matches(category));

    /// <summary>Returns whether an HTTP route serves those who ask whether the server is well.</summary>
    public static bool IsProbe(string operationType, string operation) =>
        operationType == ErrorCells.Http && Array.Exists(operation.Split('/'), segment => Probes.Contains(segment, StringComparer.OrdinalIgnoreCase));

    /// <summary>Returns whether an event is to be left out for its exception or message.</summary>
    public bool Drops(Exception? exception, string? message) =>
        (exception is not null && DropsException(exception)) || (message is not null && DropsMessage(message));

    // Several failures that end together are left out if each one is, or if what they end as is.
    private bool DropsException(Exception exception) => ExceptionGraph.Failures(exception, DropsFailure).All(DropsFailure);

    private bool DropsFailure(Exception exception) =>
        _types.GetOrAdd(exception.GetType(), DropsType) || (_messages.Length > 0 && DropsMessage(ExceptionText.MessageOf(exception) ?? ""));

    private bool DropsType(Type thrown)
    {
        for (Type? type = thrown; type is not null && type != typeof(object); type = type.BaseType)
        {
            if (Disconnects.Contains(type.FullName, StringComparer.Ordinal)
                || (_names.Length > 0 && Array.Exists(_names, pattern => pattern.Matches(type.Name) || pattern.Matches(type.FullName))))
            {
                return true;
            }
        }

        return false;
    }

    private bool DropsMessage(string message)
    {
        if (_messages.Length == 0)
        {
            return false;
        }

        ReadOnlySpan<char> start = message.AsSpan(0, Math.Min(message.Length, LongestMessage)).Trim();
        foreach (TextPattern pattern in _messages)
        {
            if (pattern.Matches(start))
            {
                return true;
            }
        }

        return false;
    }
}
