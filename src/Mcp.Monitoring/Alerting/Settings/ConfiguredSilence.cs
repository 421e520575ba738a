using System.Globalization;

namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>A silence of the configuration as one of the manager.</summary>
internal static class ConfiguredSilence
{
    private const string Prefix = "configuration-";

    public static bool Is(string id) => id.StartsWith(Prefix, StringComparison.Ordinal);

    public static Silence Of(SilenceOptions options, int index) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{index}"),
        Matchers = Alerting.Matchers.Parse(options.Match),
        StartsAt = options.From is null ? DateTimeOffset.MinValue : SilenceOptions.TimeOf(options.From) ?? DateTimeOffset.MinValue,
        EndsAt = SilenceOptions.TimeOf(options.Until) ?? DateTimeOffset.MinValue,
        CreatedBy = "configuration",
        Comment = options.Comment ?? "",
    };
}
