using System.Threading.Channels;
using Mcp.Monitoring;

namespace OneCServer.Orders;

/// <summary>What customers are to be told, sent by one worker after the other.</summary>
internal sealed class Notifications : BackgroundService
{
    private const int Most = 100;
    private static readonly TimeSpan Sending = TimeSpan.FromMilliseconds(200);

    private readonly Channel<(Guid Order, long Since)> _waiting = Channel.CreateBounded<(Guid, long)>(Most);
    private readonly TimeProvider _time;
    private readonly IQueueMonitor _queue;

    public Notifications(IMcpDependencies dependencies, TimeProvider time)
    {
        _time = time;
        _queue = dependencies.RegisterQueue("notifications", _waiting.Reader, Most);
    }

    public bool TryAdd(Guid order) => _waiting.Writer.TryWrite((order, _time.GetTimestamp()));

    public override void Dispose()
    {
        _queue.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach ((_, long since) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            _queue.RecordWait(_time.GetElapsedTime(since));
            await Task.Delay(Sending, _time, stoppingToken);
        }
    }
}
