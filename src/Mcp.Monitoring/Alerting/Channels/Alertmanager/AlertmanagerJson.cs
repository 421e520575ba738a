using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>Writes what Alertmanager's API of version 2 takes.</summary>
internal static class AlertmanagerJson
{
    public static byte[] Write(IReadOnlyList<PostedAlert> alerts) => JsonSerializer.SerializeToUtf8Bytes(
        [.. alerts.Select(alert => new AlertBody
        {
            Labels = alert.Labels.ToDictionary(StringComparer.Ordinal),
            Annotations = alert.Annotations,
            StartsAt = Time(alert.StartsAt),
            EndsAt = Time(alert.EndsAt),
            GeneratorURL = alert.Link,
        })],
        AlertmanagerJsonContext.Default.AlertBodyArray);

    public static byte[] Write(PostedSilence silence) => JsonSerializer.SerializeToUtf8Bytes(
        new SilenceBody
        {
            Matchers = [.. silence.Matchers.Select(matcher => new MatcherBody { Name = matcher.Name, Value = matcher.Value, IsRegex = matcher.IsRegex, IsEqual = matcher.IsEqual })],
            StartsAt = Time(silence.StartsAt),
            EndsAt = Time(silence.EndsAt),
            CreatedBy = silence.CreatedBy,
            Comment = silence.Comment,
        },
        AlertmanagerJsonContext.Default.SilenceBody);

    /// <summary>Reads the id that a silence was given; <see langword="null"/> where the answer says none.</summary>
    public static string? ReadSilenceId(string answer)
    {
        try
        {
            string? id = JsonSerializer.Deserialize(answer, AlertmanagerJsonContext.Default.SilenceAnswer)?.SilenceID;
            return Guid.TryParse(id, out _) ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads since when a member runs; <see langword="null"/> where its status does not say it.</summary>
    public static DateTimeOffset? ReadStart(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, AlertmanagerJsonContext.Default.StatusAnswer)?.Uptime;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Alertmanager itself knows no more than milliseconds.
    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal sealed record AlertBody
    {
        public required IReadOnlyDictionary<string, string> Labels { get; init; }

        public required IReadOnlyDictionary<string, string> Annotations { get; init; }

        public required string StartsAt { get; init; }

        public required string EndsAt { get; init; }

        [JsonPropertyName("generatorURL")]
        public string? GeneratorURL { get; init; }
    }

    internal sealed record SilenceBody
    {
        public required IReadOnlyList<MatcherBody> Matchers { get; init; }

        public required string StartsAt { get; init; }

        public required string EndsAt { get; init; }

        public required string CreatedBy { get; init; }

        public required string Comment { get; init; }
    }

    internal sealed record MatcherBody
    {
        public required string Name { get; init; }

        public required string Value { get; init; }

        public required bool IsRegex { get; init; }

        public required bool IsEqual { get; init; }
    }

    internal sealed record StatusAnswer
    {
        public DateTimeOffset? Uptime { get; init; }
    }

    internal sealed record SilenceAnswer
    {
        [JsonPropertyName("silenceID")]
        public string? SilenceID { get; init; }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertmanagerJson.AlertBody[]))]
[JsonSerializable(typeof(AlertmanagerJson.SilenceBody))]
[JsonSerializable(typeof(AlertmanagerJson.SilenceAnswer))]
[JsonSerializable(typeof(AlertmanagerJson.StatusAnswer))]
internal sealed partial class AlertmanagerJsonContext : JsonSerializerContext;
