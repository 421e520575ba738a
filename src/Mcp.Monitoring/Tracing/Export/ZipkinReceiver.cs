#pragma warning disable CS0618 // OpenTelemetry gives up its exporter for Zipkin, in favour of OTLP; it is used here alone.
using OpenTelemetry.Exporter;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Zipkin, by its own JSON.</summary>
internal static class ZipkinReceiver
{
    private const string Path = "/api/v2/spans";

    public static Uri Address(string endpoint) => new Uri(endpoint) is { AbsolutePath: "/" } bare ? new UriBuilder(bare) { Path = Path }.Uri : new Uri(endpoint);

    public static Receiver Of(Uri address, PatientHandler delivery) =>
        new($"Zipkin at {Receivers.Shown(address)}", new ZipkinExporter(new ZipkinExporterOptions { Endpoint = address }, Receivers.Client(delivery)), delivery);
}
