using System.Threading.Tasks.Sources;

namespace Mcp.Monitoring.Benchmarks.Calls;

/// <summary>The server's output: announces each line when it is flushed and keeps the last one.</summary>
internal sealed class ResponseStream(bool flushSuspends) : Stream, IValueTaskSource
{
    // The server must be done with one call before the next begins, so the waiter is not run from inside the flush.
    private ManualResetValueTaskSourceCore<bool> _line = new() { RunContinuationsAsynchronously = true };
    private bool _isWaiting;

    public ReadOnlyMemory<byte> LastLine { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Waits for the next line; called before the request is sent.</summary>
    public ValueTask NextLineAsync()
    {
        _line.Reset();
        _isWaiting = true;
        return new ValueTask(this, _line.Version);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The transport writes a message and then its line end, each from an array that nobody changes afterwards.
        if (buffer.Length > 1)
        {
            LastLine = buffer;
        }

        return default;
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        if (flushSuspends)
        {
            return FlushLaterAsync();
        }

        Announce();
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    void IValueTaskSource.GetResult(short token) => _line.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _line.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _line.OnCompleted(continuation, state, token, flags);

    private async Task FlushLaterAsync()
    {
        await Task.Yield();
        Announce();
    }

    private void Announce()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            _line.SetResult(result: true);
        }
    }
}
