using Sentry.Extensibility;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>A finished payload of ours in an envelope of Sentry's SDK.</summary>
internal sealed class JsonPayload(ReadOnlyMemory<byte> json) : global::Sentry.Protocol.Envelopes.ISerializable
{
    public Task SerializeAsync(Stream stream, IDiagnosticLogger? logger, CancellationToken cancellationToken = default) => stream.WriteAsync(json, cancellationToken).AsTask();

    public void Serialize(Stream stream, IDiagnosticLogger? logger) => stream.Write(json.Span);
}
