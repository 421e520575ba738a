using Mcp.Monitoring.Validation;

namespace Mcp.Monitoring.Tracing;

/// <summary>OpenTelemetry: where traces are sent. This version reads and checks the section, and sends nothing.</summary>
public sealed class OtelOptions : ISettings
{
    private const string AddressRemedy = "Set it to an URL such as http://localhost:4317, https for a public host, or leave it out.";

    /// <summary>Gets or sets whether traces are sent.</summary>
    /// <value>The default is <see langword="null"/>: yes, once one of the addresses is set.</value>
    public bool? Enabled { get; set; }

    /// <summary>Gets or sets the share of traces that begin here and are kept.</summary>
    /// <value>The default is 1: all. Valid range: 0 to 1.</value>
    public double TracesSampleRate { get; set; } = 1;

    /// <summary>Gets or sets where an OpenTelemetry collector takes traces by OTLP.</summary>
    /// <value>The default is <see langword="null"/>. An URL; plain http to a public host is a warning.</value>
    public string? OtlpEndpoint { get; set; }

    /// <summary>Gets or sets where Jaeger takes traces.</summary>
    /// <value>The default is <see langword="null"/>. An URL; plain http to a public host is a warning.</value>
    public string? JaegerEndpoint { get; set; }

    /// <summary>Gets or sets where Zipkin takes traces.</summary>
    /// <value>The default is <see langword="null"/>. An URL; plain http to a public host is a warning.</value>
    public string? ZipkinEndpoint { get; set; }

    /// <summary>Gets whether the section is on.</summary>
    internal bool IsOn => Enabled ?? HasAddress;

    bool ISettings.IsOff => Enabled == false;

    private bool HasAddress => (OtlpEndpoint ?? JaegerEndpoint ?? ZipkinEndpoint) is not null;

    IEnumerable<Setting> ISettings.Settings =>
    [
        Setting.Switch(nameof(Enabled), () => Enabled, value => Enabled = value, () => IsOn, "OTEL_ENABLED"),
        Setting.Number(nameof(TracesSampleRate), () => TracesSampleRate, value => TracesSampleRate = value, "OTEL_TRACES_SAMPLE_RATE"),
        Setting.Text(nameof(OtlpEndpoint), () => OtlpEndpoint, value => OtlpEndpoint = value, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT").TurningOn(),
        Setting.Text(nameof(JaegerEndpoint), () => JaegerEndpoint, value => JaegerEndpoint = value, "JAEGER_ENDPOINT").TurningOn(),
        Setting.Text(nameof(ZipkinEndpoint), () => ZipkinEndpoint, value => ZipkinEndpoint = value, "ZIPKIN_ENDPOINT").TurningOn(),
    ];

    IEnumerable<Fault> ISettings.Check() =>
    [
        .. Rules.Faults(Rules.Between(nameof(TracesSampleRate), TracesSampleRate, 0, 1)),
        .. Enabled == true && !HasAddress
            ? [Fault.Missing(nameof(OtlpEndpoint), "Set it, jaeger_endpoint or zipkin_endpoint, or the variable OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, or set enabled: false.")]
            : Enumerable.Empty<Fault>(),
        .. Address(nameof(OtlpEndpoint), OtlpEndpoint),
        .. Address(nameof(JaegerEndpoint), JaegerEndpoint),
        .. Address(nameof(ZipkinEndpoint), ZipkinEndpoint),
    ];

    private static IEnumerable<Fault> Address(string name, string? value) => value is null ? [] :
        Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.UserInfo.Length > 0
            ? [new Fault(name, "holds a user name", "Take it out: it is never sent, and the address is printed.")]
            : Rules.Address(name, value, AddressRemedy, isSecret: false).Select(Soften);

    // These variables are often meant for the application's own SDK, and a collector of one's own may have any name: no reason not to start.
    private static Fault Soften(Fault fault) => fault with { IsWarning = fault.IsWarning || fault.Problem.StartsWith(OutgoingAddress.PublicPlain, StringComparison.Ordinal) };
}
