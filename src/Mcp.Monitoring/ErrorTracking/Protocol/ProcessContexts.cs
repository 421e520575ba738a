using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>What Sentry shows about the process and the machine; it does not change while the process runs.</summary>
internal sealed class ProcessContexts
{
    private readonly Dictionary<string, IReadOnlyCollection<KeyValuePair<string, object?>>> _own;

    public ProcessContexts(SentryIdentity identity) =>
        _own = new(StringComparer.Ordinal)
        {
            ["runtime"] = Known(("name", ".NET"), ("version", Environment.Version.ToString()), ("raw_description", RuntimeInformation.FrameworkDescription)),
            ["os"] = Known(("name", OsName()), ("version", Environment.OSVersion.Version.ToString()), ("raw_description", RuntimeInformation.OSDescription)),
            ["device"] = Known(
                ("name", identity.ServerName),
                ("arch", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()),
                ("processor_count", Environment.ProcessorCount),
                ("memory_size", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)),
            ["app"] = Known(("app_name", Assembly.GetEntryAssembly()?.GetName().Name), ("app_version", identity.Release), ("app_start_time", StartTime())),
        };

    /// <summary>Writes these and the event's own; where both have a name, the event's own values come after ours and replace them.</summary>
    public void Write(PayloadWriter payload, IEnumerable<KeyValuePair<string, IDictionary<string, object?>>> others)
    {
        Dictionary<string, IReadOnlyCollection<KeyValuePair<string, object?>>> all = new(_own, StringComparer.Ordinal);
        foreach ((string name, IDictionary<string, object?> values) in others.Take(PayloadLimits.Pairs))
        {
            // The trace is written from the ids of the event.
            if (!string.IsNullOrEmpty(name) && name != "trace" && values is not null)
            {
                all[name] = all.TryGetValue(name, out IReadOnlyCollection<KeyValuePair<string, object?>>? own)
                    ? [.. own.Where(value => !values.ContainsKey(value.Key)), .. values]
                    : [.. values];
            }
        }

        var budget = new TextBudget(PayloadLimits.ContextTexts);
        var data = new DataWriter(payload, budget);
        foreach ((string name, IReadOnlyCollection<KeyValuePair<string, object?>> values) in all)
        {
            data.Pairs(payload.Clean(name, PayloadLimits.PairKey, budget), values);
        }
    }

    private static KeyValuePair<string, object?>[] Known(params (string Name, object? Value)[] values) =>
        [.. values.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value))];

    private static string OsName() =>
        OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : RuntimeInformation.RuntimeIdentifier;

    private static DateTimeOffset StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUniversalTime();
    }
}
