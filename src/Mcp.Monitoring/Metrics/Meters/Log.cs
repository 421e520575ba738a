using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Metrics.Meters;

internal static partial class Log
{
    [LoggerMessage(EventId = 450, EventName = "InstrumentRenamed", Level = LogLevel.Warning,
        Message = "The instrument {Instrument} of the meter {Meter} would be the metric {Name}, which is taken, so it is {OtherName}. Rename the instrument, or leave its meter out of McpMonitoring:Prometheus:Meters (or DefaultMeters).")]
    public static partial void InstrumentRenamed(ILogger logger, string instrument, string meter, string name, string otherName);

    [LoggerMessage(EventId = 451, EventName = "InstrumentLeftOut", Level = LogLevel.Warning,
        Message = "The instrument {Instrument} of the meter {Meter} is not on /metrics: {Name} is taken, also behind the name of the meter. Rename the instrument, or leave its meter out of McpMonitoring:Prometheus:Meters (or DefaultMeters).")]
    public static partial void InstrumentLeftOut(ILogger logger, string instrument, string meter, string name);

    [LoggerMessage(EventId = 452, EventName = "TooManyInstruments", Level = LogLevel.Warning,
        Message = "/metrics has {Count} instruments of other meters, the most there may be; {Instrument} of the meter {Meter} and those after it are left out. Name fewer meters in McpMonitoring:Prometheus:Meters, switch DefaultMeters off, or create instruments once and not again and again.")]
    public static partial void TooManyInstruments(ILogger logger, int count, string instrument, string meter);

    [LoggerMessage(EventId = 453, EventName = "MeasurementLeftOut", Level = LogLevel.Warning,
        Message = "{Value} of the instrument {Instrument} of the meter {Meter} is not on /metrics: {Rule}. This and what comes like it is counted in mcp_monitoring_dropped_total{{component=\"meter_bridge\",reason=\"invalid_value\"}}. Measure with an UpDownCounter or a Gauge what may be anything, or leave the meter out of McpMonitoring:Prometheus:Meters (or DefaultMeters).")]
    public static partial void MeasurementLeftOut(ILogger logger, double value, string instrument, string meter, string rule);
}
