using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Tracing;

namespace Mcp.Monitoring;

/// <summary>OpenTelemetry: which spans are kept and where they and the metrics are sent.</summary>
public sealed class OtelOptions : ISettings
{
    internal const string TracesVariable = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string GeneralVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private string? _otlpEndpoint;
    private string? _otlpMetricsEndpoint;

    /// <summary>Gets or sets whether traces are sent. With <see langword="false"/> nothing is added to an OpenTelemetry SDK of the host's own either.</summary>
    /// <value>The default is <see langword="null"/>: yes, once one of the addresses is set.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets whether OpenTelemetry is switched off here, whatever else is set, as the variable <c>OTEL_SDK_DISABLED</c> does it.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool SdkDisabled { get; set; }

    /// <summary>Gets or sets the share of traces that begin here and are kept. One that began elsewhere is kept if it was kept there. A sampler
    /// that the host or the variable <c>OTEL_TRACES_SAMPLER</c> chose goes over it.</summary>
    /// <value>The default is 1: all. Valid range: 0 to 1.</value>
    public double TracesSampleRate { get; set; } = 1;

    /// <summary>
    /// Gets or sets how many operations a minute are kept although <see cref="TracesSampleRate"/> or the caller said no, because they failed or were slower
    /// than <c>thresholds.response_time_threshold_ms</c>. What is kept is the operation's own span: spans below it were not recorded, those of other services
    /// are not ours to keep, and its parent may be missing.
    /// </summary>
    /// <value>The default is 100. Valid range: 0 to 10,000; 0 keeps none.</value>
    public int KeptFailuresPerMinute { get; set; } = 100;

    /// <summary>Gets or sets whose span is the parent where a client sent a trace of its own.</summary>
    /// <value>The default is <see cref="TraceParentMode.SemanticConventions"/>: the client's.</value>
    public TraceParentMode TraceParentMode { get; set; }

    /// <summary>Gets or sets the name of this service in traces, <c>service.name</c>.</summary>
    /// <value>The default is <see langword="null"/>: that of <c>OTEL_RESOURCE_ATTRIBUTES</c>, else <c>prometheus.service_name</c>, else the application's
    /// name. 1 to 255 characters.</value>
    public string? ServiceName { get; set; }

    /// <summary>
    /// Gets or sets where an OpenTelemetry collector takes OTLP: a base address, to which <c>/v1/traces</c> is added for OTLP over HTTP unless it ends so
    /// already. The variable <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c> is used as it is. OTLP over gRPC has no path: one that is there is left out, with a
    /// warning.
    /// </summary>
    /// <value>The default is <see langword="null"/>. An URL; plain http to a public host is a warning. From a variable <c>OTEL_*</c> it adds nothing where
    /// the host uses OpenTelemetry's SDK itself, which reads these variables.</value>
    public string? OtlpEndpoint
    {
        get => _otlpEndpoint;
        set
        {
            _otlpEndpoint = value;
            OtlpVariable = null;
        }
    }

    /// <summary>Gets or sets how OTLP is spoken: <c>grpc</c> or <c>http/protobuf</c>.</summary>
    /// <value>The default is <see langword="null"/>: <c>grpc</c> to port 4317, else <c>http/protobuf</c>.</value>
    public string? OtlpProtocol { get; set; }

    /// <summary>Gets or sets headers of every OTLP request, a secret: <c>name=value,name=value</c>, values percent-encoded where they hold a comma.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? OtlpHeaders { get; set; }

    /// <summary>Gets or sets how long an OTLP request may take, in milliseconds.</summary>
    /// <value>The default is 10,000. Valid range: 100 to 60,000.</value>
    public int OtlpTimeoutMs { get; set; } = 10_000;

    /// <summary>Gets or sets where Jaeger takes OTLP. The address of its old Thrift receiver, <c>:14268/api/traces</c>, stands for OTLP over HTTP on port 4318 of the
    /// same host, with a warning.</summary>
    /// <value>The default is <see langword="null"/>. An URL; plain http to a public host is a warning.</value>
    public string? JaegerEndpoint { get; set; }

    /// <summary>Gets or sets where Zipkin takes spans as JSON, version 2; without a path <c>/api/v2/spans</c> is added.</summary>
    /// <value>The default is <see langword="null"/>. An URL; plain http to a public host is a warning.</value>
    public string? ZipkinEndpoint { get; set; }

    /// <summary>Gets or sets whether the metrics are sent by OTLP too, each minute: those of the meter <c>Mcp.Monitoring</c> and of the meters that
    /// <c>/metrics</c> shows.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Metrics { get; set; }

    /// <summary>Gets or sets where metrics are sent by OTLP, used as it is.</summary>
    /// <value>The default is <see langword="null"/>: where <see cref="OtlpEndpoint"/> leads, with the path <c>/v1/metrics</c>.</value>
    public string? OtlpMetricsEndpoint
    {
        get => _otlpMetricsEndpoint;
        set
        {
            _otlpMetricsEndpoint = value;
            OtlpMetricsVariable = null;
        }
    }

    /// <summary>Gets or sets further sources of spans, by the names of their ActivitySource.</summary>
    /// <value>The default is an empty list. At most 100 names of 1 to 255 characters; a <c>*</c> stands for any characters.</value>
#pragma warning disable CA2227, CA1002, MA0016 // A list that the configuration binder fills and that a host replaces whole.
    public IList<string> Sources { get; set; } = [];
#pragma warning restore CA2227, CA1002, MA0016

    /// <summary>Gets or sets whether the spans that .NET and widespread libraries emit by themselves are sent as well: of <c>Microsoft.AspNetCore</c>,
    /// <c>System.Net.Http</c> and <c>Npgsql</c>. A host that uses OpenTelemetry's SDK itself chooses itself.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Instrumentation { get; set; } = true;

    /// <summary>Gets or sets how many spans wait for each receiver; what comes past it is dropped and counted.</summary>
    /// <value>The default is 2,048. Valid range: 16 to 65,536.</value>
    public int QueueSize { get; set; } = 2_048;

    /// <summary>Gets or sets how long spans wait for further ones to be sent with, in milliseconds. 512 are sent at once.</summary>
    /// <value>The default is 5,000. Valid range: 10 to 60,000.</value>
    public int SendIntervalMs { get; set; } = 5_000;

    /// <summary>Gets whether the section is on.</summary>
    internal bool IsOn => !SdkDisabled && (Enabled ?? HasAddress);

    /// <summary>Gets whether spans are sent, and not the metrics alone.</summary>
    internal bool SendsSpans => IsOn && (OtlpEndpoint ?? JaegerEndpoint ?? ZipkinEndpoint) is not null;

    /// <summary>Gets whether the user switched OpenTelemetry off, and not only set no address.</summary>
    internal bool IsOff => SdkDisabled || Enabled == false;

    /// <summary>Gets the variable that gave <see cref="OtlpEndpoint"/>.</summary>
    internal string? OtlpVariable { get; private set; }

    internal string? OtlpMetricsVariable { get; private set; }

    bool ISettings.IsOff => IsOff;

    private bool HasAddress => (OtlpEndpoint ?? JaegerEndpoint ?? ZipkinEndpoint ?? (Metrics ? OtlpMetricsEndpoint : null)) is not null;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, () => IsOn, "OTEL_ENABLED"),
        Setting.Flag(nameof(SdkDisabled), () => SdkDisabled, value => SdkDisabled = value, "OTEL_SDK_DISABLED"),
        Setting.Number(nameof(TracesSampleRate), () => TracesSampleRate, value => TracesSampleRate = value, "OTEL_TRACES_SAMPLE_RATE"),
        Setting.Integer(nameof(KeptFailuresPerMinute), () => KeptFailuresPerMinute, value => KeptFailuresPerMinute = value),
        Setting.Choice(nameof(TraceParentMode), () => TraceParentMode, value => TraceParentMode = value),
        Setting.Text(nameof(ServiceName), () => ServiceName, value => ServiceName = value, "OTEL_SERVICE_NAME"),
        Setting.Text(nameof(OtlpEndpoint), () => OtlpEndpoint, value => OtlpEndpoint = value, TracesVariable, GeneralVariable)
            .TurningOn().ToldOfVariable(variable => OtlpVariable = variable),
        Setting.Text(nameof(OtlpProtocol), () => OtlpProtocol, value => OtlpProtocol = value, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"),
        Setting.Text(nameof(OtlpHeaders), () => OtlpHeaders, value => OtlpHeaders = value, "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS").Secret(),
        Setting.Integer(nameof(OtlpTimeoutMs), () => OtlpTimeoutMs, value => OtlpTimeoutMs = value, "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT"),
        Setting.Text(nameof(JaegerEndpoint), () => JaegerEndpoint, value => JaegerEndpoint = value, "JAEGER_ENDPOINT").TurningOn(),
        Setting.Text(nameof(ZipkinEndpoint), () => ZipkinEndpoint, value => ZipkinEndpoint = value, "ZIPKIN_ENDPOINT").TurningOn(),
        Setting.Flag(nameof(Metrics), () => Metrics, value => Metrics = value),
        Setting.Text(nameof(OtlpMetricsEndpoint), () => OtlpMetricsEndpoint, value => OtlpMetricsEndpoint = value, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")
            .ToldOfVariable(variable => OtlpMetricsVariable = variable),
        Setting.List(nameof(Sources), () => Sources, value => Sources = value),
        Setting.Flag(nameof(Instrumentation), () => Instrumentation, value => Instrumentation = value),
        Setting.Integer(nameof(QueueSize), () => QueueSize, value => QueueSize = value, "OTEL_BSP_MAX_QUEUE_SIZE"),
        Setting.Integer(nameof(SendIntervalMs), () => SendIntervalMs, value => SendIntervalMs = value, "OTEL_BSP_SCHEDULE_DELAY"),
    ];

    IEnumerable<Fault> ISettings.Check() => OtelValidator.Check(this, HasAddress);

    void ISettings.TakeRest(ISettings other)
    {
        var options = (OtelOptions)other;
        OtlpVariable = options.OtlpVariable;
        OtlpMetricsVariable = options.OtlpMetricsVariable;
    }
}
