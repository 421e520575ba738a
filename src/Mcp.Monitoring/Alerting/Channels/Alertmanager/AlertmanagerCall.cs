using Mcp.Monitoring.Alerting.Channels.Transport;
using Mcp.Monitoring.Alerting.Notifications;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>One request, on a thread of its own that may be lost. It belongs to the engine's thread, but for the request itself.</summary>
internal sealed class AlertmanagerCall
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(5);

    private readonly AlertmanagerHost _host;
    private readonly ChannelCall _call;
    private readonly TimeSpan _limit;
    private HttpReply? _reply;
    private string? _error;

    /// <param name="host">The host.</param>
    /// <param name="send">The request.</param>
    public AlertmanagerCall(AlertmanagerHost host, Func<CancellationToken, HttpReply> send)
    {
        _host = host;
        _limit = host.Options().Timeout;
        _call = new ChannelCall(AlertmanagerHost.Channel, stop => Run(send, stop), message: null, host.Clock.Now + _limit, () => host.Wake());
    }

    /// <summary>Gets whether there is nothing more to wait for.</summary>
    public bool IsDone => _call.IsDone || HasHung;

    /// <summary>Gets whether it did not stop when it was told to: its thread is lost until it ends by itself.</summary>
    public bool HasHung => !_call.IsDone && _call.IsStopped && _host.Clock.Now >= _call.StopAt + HangLimit;

    /// <summary>Gets whether its thread has ended.</summary>
    public bool HasEnded => _call.IsDone;

    /// <summary>Gets the answer, once it is done; <see langword="null"/> if none came.</summary>
    public HttpReply? Reply => _call.IsDone ? _reply : null;

    /// <summary>Gets why there is no answer.</summary>
    public string Error => (_call.IsDone ? _error ?? _call.Result.Error : null) ?? $"it has not answered within {_limit.TotalSeconds:0} s";

    /// <summary>Gets when somebody must look at it.</summary>
    public TimeSpan Due => _call.IsStopped ? _call.StopAt + HangLimit : _call.StopAt;

    public void Begin() => _call.Begin(_host.StartThread);

    /// <summary>Tells it to stop when its time is up.</summary>
    public void Look()
    {
        if (!_call.IsDone && _host.Clock.Now >= _call.StopAt)
        {
            Stop();
        }
    }

    public void Stop()
    {
        if (!_call.IsDone && !_call.IsStopped)
        {
            _call.Stop(_host.StartThread);
        }
    }

    private DeliveryResult Run(Func<CancellationToken, HttpReply> send, CancellationToken stop)
    {
        try
        {
            _reply = send(stop);
        }
        catch (SendFailedException fault)
        {
            _error = stop.IsCancellationRequested ? null : fault.Message;
        }
        catch (OperationCanceledException)
        {
            // Said by the time that it took.
        }

        return DeliveryResult.Delivered();
    }
}
