using System.Net;

namespace Mcp.Monitoring.Instrumentation.Dependencies.OneC;

/// <summary>The body of an answer whose beginning has been read to learn why it is none; whoever reads it gets all of it.</summary>
internal sealed class OneCContent : HttpContent
{
    private readonly HttpContent _answer;
    private readonly ReadOnlyMemory<byte> _start;
    private readonly Stream _rest;

    public OneCContent(HttpContent answer, ReadOnlyMemory<byte> start, Stream rest, OneCFault fault)
    {
        _answer = answer;
        _start = start;
        _rest = rest;
        Fault = fault;
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in answer.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    public OneCFault Fault { get; }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        stream.Write(_start.Span);
        _rest.CopyTo(stream);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_start, cancellationToken).ConfigureAwait(false);
        await _rest.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest.Dispose();
            _answer.Dispose();
        }

        base.Dispose(disposing);
    }
}
