using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tracing.Export;

internal static partial class Log
{
    [LoggerMessage(EventId = 420, EventName = "SpansDropped", Level = LogLevel.Warning,
        Message = "{Spans} spans did not reach {Receiver}: {Problem}. The server is not affected; mcp_monitoring_dropped_total counts them by reason, and further ones are told of once a minute.")]
    public static partial void SpansDropped(ILogger logger, long spans, string receiver, string problem);

    [LoggerMessage(EventId = 421, EventName = "SpansAreSent", Level = LogLevel.Information, Message = "Spans are sent to {Receiver}.")]
    public static partial void SpansAreSent(ILogger logger, string receiver);

    [LoggerMessage(EventId = 422, EventName = "MetricsAreSent", Level = LogLevel.Information, Message = "Metrics are sent by OTLP to {Address}.")]
    public static partial void MetricsAreSent(ILogger logger, string address);

    [LoggerMessage(EventId = 423, EventName = "ProviderNotReached", Level = LogLevel.Warning,
        Message = "This host has a {Provider} that it did not make through AddOpenTelemetry(), so nothing could be added to it. Add \"Mcp.Monitoring\" to it yourself, or make it with services.AddOpenTelemetry().")]
    public static partial void ProviderNotReached(ILogger logger, string provider);

    [LoggerMessage(EventId = 425, EventName = "OtherProtocol", Level = LogLevel.Warning,
        Message = "{Receiver} is spoken to in {Spoken}, and answers as one does that takes {Other} ({Sign}): nothing that is sent there arrives. {Remedy}.")]
    public static partial void OtherProtocol(ILogger logger, string receiver, string spoken, string other, string sign, string remedy);

    [LoggerMessage(EventId = 426, EventName = "UnknownSampler", Level = LogLevel.Warning,
        Message = "OTEL_TRACES_SAMPLER is \"{Sampler}\", which is no sampler, so that otel.traces_sample_rate holds. Set it to always_on, always_off, traceidratio or one of these with parentbased_ before it, or leave it out.")]
    public static partial void UnknownSampler(ILogger logger, string sampler);

    [LoggerMessage(EventId = 424, EventName = "ExportNotStarted", Level = LogLevel.Error,
        Message = "Traces and metrics are not sent by OpenTelemetry: it could not be started. The server goes on without.")]
    public static partial void ExportNotStarted(ILogger logger, Exception exception);
}
