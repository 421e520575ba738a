using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Mcp.Monitoring.Alerting.Channels.Webhook;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;

namespace Mcp.Monitoring.IntegrationTests.Alerting.EveryChannel;

/// <summary>Receivers of webhooks on the loopback address, each under the first part of the path: they take what is posted, or answer as a test says.</summary>
internal sealed class HookServer : IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Name, WebhookCall Call)> _taken = new();
    private readonly TinyServer _server;

    public HookServer() => _server = new TinyServer(Serve);

    public static string Response(int status, string headers = "") => $"HTTP/1.1 {status} X\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n";

    public string AddressOf(string name) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_server.Port}/{name}/alerts");

    /// <summary>Has the next posts to a receiver answered so, each a whole response, empty for none.</summary>
    public void Answer(string name, params IEnumerable<string> answers) => _answers[name] = new ConcurrentQueue<string>(answers);

    /// <summary>Gets how many of these answers nobody has had yet.</summary>
    public int LeftOf(string name) => _answers[name].Count;

    /// <summary>Gets what a receiver has taken.</summary>
    public IReadOnlyList<WebhookCall> TakenBy(string name) => [.. _taken.Where(taken => taken.Name == name).Select(static taken => taken.Call)];

    public void Dispose() => _server.Dispose();

    private void Serve(Stream stream)
    {
        string request = TinyServer.ReadRequest(stream);
        if (request.Length == 0)
        {
            // Somebody looked whether there is anybody.
            return;
        }

        string path = request.Split(' ', 3)[1];
        string name = path.Split('/')[1];
        if (_answers.TryGetValue(name, out ConcurrentQueue<string>? answers) && answers.TryDequeue(out string? answer))
        {
            stream.Write(Encoding.ASCII.GetBytes(answer));
            return;
        }

        _taken.Enqueue((name, new WebhookCall(new Uri($"http://127.0.0.1{path}"), Encoding.UTF8.GetBytes(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]))));
        stream.Write(Encoding.ASCII.GetBytes(Response(202)));
    }
}
