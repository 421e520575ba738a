using System.Globalization;
using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Notifications;

/// <summary>The abbreviation of a time zone at a time, such as MSK; where none is in common use, the distance from UTC.</summary>
internal static class ZoneName
{
    private const string Moscow = "MSK";

    private static readonly Dictionary<string, (string Standard, string Summer)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = ("UTC", "UTC"),
        ["Etc/UTC"] = ("UTC", "UTC"),
        ["Europe/Moscow"] = (Moscow, Moscow),
        ["Europe/London"] = ("GMT", "BST"),
        ["Europe/Lisbon"] = ("WET", "WEST"),
        ["Europe/Berlin"] = ("CET", "CEST"),
        ["Europe/Paris"] = ("CET", "CEST"),
        ["Europe/Madrid"] = ("CET", "CEST"),
        ["Europe/Rome"] = ("CET", "CEST"),
        ["Europe/Vienna"] = ("CET", "CEST"),
        ["Europe/Zurich"] = ("CET", "CEST"),
        ["Europe/Amsterdam"] = ("CET", "CEST"),
        ["Europe/Brussels"] = ("CET", "CEST"),
        ["Europe/Prague"] = ("CET", "CEST"),
        ["Europe/Warsaw"] = ("CET", "CEST"),
        ["Europe/Stockholm"] = ("CET", "CEST"),
        ["Europe/Belgrade"] = ("CET", "CEST"),
        ["Europe/Athens"] = ("EET", "EEST"),
        ["Europe/Helsinki"] = ("EET", "EEST"),
        ["Europe/Kyiv"] = ("EET", "EEST"),
        ["Europe/Kiev"] = ("EET", "EEST"),
        ["Europe/Sofia"] = ("EET", "EEST"),
        ["America/New_York"] = ("EST", "EDT"),
        ["America/Chicago"] = ("CST", "CDT"),
        ["America/Denver"] = ("MST", "MDT"),
        ["America/Los_Angeles"] = ("PST", "PDT"),
        ["Asia/Tokyo"] = ("JST", "JST"),
        ["Asia/Kolkata"] = ("IST", "IST"),
        ["Australia/Sydney"] = ("AEST", "AEDT"),
    };

    public static string Of(TimeZoneInfo zone, DateTimeOffset at, AlertTexts texts)
    {
        string id = zone.HasIanaId || !TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out string? iana) ? zone.Id : iana;
        if (Known.TryGetValue(id, out (string Standard, string Summer) name))
        {
            return name.Standard == Moscow ? texts["unit.msk"] : zone.IsDaylightSavingTime(at) ? name.Summer : name.Standard;
        }

        TimeSpan offset = zone.GetUtcOffset(at);
        return offset == TimeSpan.Zero ? "UTC"
            : string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
    }
}
