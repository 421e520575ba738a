using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mcp.Monitoring.Alerting;

/// <summary>Writes instants of the engine's clock as times of the wall clock, which the next process can read.</summary>
internal sealed class InstantConverter(AlertClock clock) : JsonConverter<TimeSpan>
{
    /// <summary>Makes the options of a context whose every <see cref="TimeSpan"/> is an instant.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="source">The options that the context was generated with.</param>
    public static JsonSerializerOptions Options(AlertClock clock, JsonSerializerOptions source) => new(source) { Converters = { new InstantConverter(clock) } };

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => clock.FromUtc(reader.GetDateTimeOffset());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(clock.ToUtc(value));
}
