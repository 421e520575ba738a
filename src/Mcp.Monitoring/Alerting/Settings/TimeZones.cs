using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>Time zones by their IANA ids.</summary>
internal static class TimeZones
{
    // One that every database has.
    private const string Usual = "Europe/London";

    /// <summary>Finds a time zone that was checked before; without an id, that of the machine.</summary>
    public static TimeZoneInfo Find(string? id) => id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? found) ? found : TimeZoneInfo.Local;

    public static Fault? Check(string path, string? id) => Check(path, id, static known => TimeZoneInfo.TryFindSystemTimeZoneById(known, out _));

    public static Fault? Check(string path, string? id, Func<string, bool> isKnown) => id is null || isKnown(id) ? null
        : !isKnown(Usual) ? new Fault(
            path,
            $"is \"{Printable.Cut(id)}\", but this machine has no time zone database",
            "Install the package tzdata (for images without a package manager, take one that has it) and leave DOTNET_SYSTEM_TIMEZONE_INVARIANT unset; or write UTC, or leave it out.")
        : Fault.Of(path, id, $"{Suggest(id)}Write an IANA id that this machine knows, such as Europe/Moscow or UTC, or leave it out.");

    // Whoever writes the city alone, means it.
    private static string Suggest(string id)
    {
        string[] ids = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)];
        return NearestName.Find(id, ids) is null && NearestName.Find(id, ids.Select(City)) is { } city
            ? $"Did you mean {Array.Find(ids, known => City(known) == city)}? "
            : NearestName.Suggest(id, ids);
    }

    private static string City(string id) => id[(id.LastIndexOf('/') + 1)..];
}
