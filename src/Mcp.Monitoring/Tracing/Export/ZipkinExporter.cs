using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using OpenTelemetry;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>Sends spans as Zipkin's JSON, version 2. On the thread of the queue.</summary>
internal sealed class ZipkinExporter(Uri address, HttpClient http) : BaseExporter<Activity>
{
    private const string ServiceName = "service.name";
    private const string UnknownService = "unknown_service";
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly ArrayBufferWriter<byte> _body = new();
    private string? _service;

    public override ExportResult Export(in Batch<Activity> batch)
    {
        _service ??= ParentProvider.GetResource().Attributes.FirstOrDefault(attribute => attribute.Key == ServiceName).Value as string ?? UnknownService;
        _body.ResetWrittenCount();
        ZipkinJson.Write(_body, batch, _service);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(_body.WrittenMemory) };
        request.Content.Headers.ContentType = Json;
        try
        {
            using HttpResponseMessage response = http.Send(request);
            return response.IsSuccessStatusCode ? ExportResult.Success : ExportResult.Failure;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return ExportResult.Failure;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            http.Dispose();
        }

        base.Dispose(disposing);
    }
}
