using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Alerts;

/// <summary>Time zones by their IANA ids.</summary>
internal static class TimeZones
{
    /// <summary>Finds a time zone that was checked before; without an id, that of the machine.</summary>
    public static TimeZoneInfo Find(string? id) => id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? found) ? found : TimeZoneInfo.Local;

    public static Fault? Check(string path, string? id) => id is null || TimeZoneInfo.TryFindSystemTimeZoneById(id, out _)
        ? null
        : Fault.Of(path, id, "Write an IANA id that this machine knows, such as Europe/Moscow or UTC, or leave it out.");
}
