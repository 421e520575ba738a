namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.Http;

/// <summary>A body that breaks off after a byte.</summary>
internal sealed class BrokenStream(Func<Exception> failure) : Stream
{
    private bool _isBegun;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_isBegun)
        {
            throw failure();
        }

        _isBegun = true;
        buffer[offset] = (byte)'{';
        return 1;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
