using System.Net.Http.Headers;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Alerting.Channels.Alertmanager;

/// <summary>Speaks to a member; on the thread of whoever calls, and any.</summary>
/// <param name="options">The settings in use.</param>
/// <param name="isPoolStarved">Knows whether the thread pool runs nothing.</param>
internal sealed class AlertmanagerClient(Func<AlertmanagerOptions> options, Func<bool> isPoolStarved) : IAlertmanagerClient, IDisposable
{
    private readonly Lock _lock = new();

    private HttpTransport? _transport;
    private string? _proxy;

    public HttpReply Post(Uri member, IReadOnlyList<PostedAlert> alerts, CancellationToken stop) =>
        Send(HttpMethod.Post, Address(member, "api/v2/alerts"), AlertmanagerJson.Write(alerts), mayRepeat: true, stop);

    public HttpReply Post(Uri member, PostedSilence silence, CancellationToken stop) =>
        Send(HttpMethod.Post, Address(member, "api/v2/silences"), AlertmanagerJson.Write(silence), mayRepeat: false, stop);

    public HttpReply AskStatus(Uri member, CancellationToken stop) => Send(HttpMethod.Get, Address(member, "api/v2/status"), body: null, mayRepeat: true, stop);

    public HttpReply EndSilence(Uri member, string id, CancellationToken stop) =>
        Send(HttpMethod.Delete, Address(member, $"api/v2/silence/{Uri.EscapeDataString(id)}"), body: null, mayRepeat: true, stop);

    public void Dispose()
    {
        lock (_lock)
        {
            _transport?.Dispose();
        }
    }

    private static Uri Address(Uri member, string path) => new($"{member.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");

    private HttpReply Send(HttpMethod method, Uri address, byte[]? body, bool mayRepeat, CancellationToken stop)
    {
        AlertmanagerOptions current = options();
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        request.Headers.Authorization = SignIn.Of(current);
        HttpTransport transport = TransportFor(current.ProxyUrl);
        try
        {
            return SignIn.TakenOut(transport.Send(request, isPoolStarved(), stop), current);
        }
        catch (SendFailedException fault) when (fault.MayHaveArrived && mayRepeat && !stop.IsCancellationRequested)
        {
            // The pool has starved, or the connection was cut, while it was on its way. Twice is the same as once, and the next attempt of a member is far.
            return SignIn.TakenOut(transport.Send(request, isPoolStarved: true, stop), current);
        }
    }

    private HttpTransport TransportFor(string? proxy)
    {
        lock (_lock)
        {
            if (_transport is null || _proxy != proxy)
            {
                // One that is in use on another thread goes on until it is done.
                _transport = new HttpTransport(proxy);
                _proxy = proxy;
            }

            return _transport;
        }
    }
}
