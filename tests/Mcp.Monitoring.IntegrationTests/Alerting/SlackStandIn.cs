using System.Globalization;
using System.Text;
using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Alerting.Channels.Transport;
using Mcp.Monitoring.KilledProcess;

namespace Mcp.Monitoring.IntegrationTests.Alerting;

/// <summary>Slack's API on loopback for a bot, as far as a message needs it. What was posted has been received, whoever has left by then.</summary>
internal sealed class SlackStandIn : IDisposable
{
    private const int MostMilliseconds = 6;

    private readonly ToldFile _told;
    private readonly TinyServer _server;
    private int _posted;

    public SlackStandIn(ToldFile told)
    {
        _told = told;
        _server = new TinyServer(Serve);
    }

    /// <summary>Gets the address of the API for one life of the sender, which is known by it.</summary>
    public string Address(int life) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_server.Port}/{life}");

    public void Dispose() => _server.Dispose();

    private void Serve(Stream stream)
    {
        string request = TinyServer.ReadRequest(stream);
        if (request.Length == 0)
        {
            return;
        }

        Travel();
        string[] path = request.Split(' ')[1].Split('/');
        string message = path[2] switch
        {
            "chat.postMessage" => Post(request, int.Parse(path[1], CultureInfo.InvariantCulture)),
            _ => "",
        };
        Travel();
        byte[] answer = Encoding.ASCII.GetBytes($$"""{"ok":true,"channel":"C0123456789"{{message}}}""");
        stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\nConnection: close\r\n\r\n")));
        stream.Write(answer);
    }

    private string Post(string request, int life)
    {
        using var json = JsonDocument.Parse(request[request.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]);
        _told.Add(ToldText.Read(json.RootElement.GetProperty("text").GetString()!, life, id: null));
        return string.Create(CultureInfo.InvariantCulture, $",\"ts\":\"1700000000.{Interlocked.Increment(ref _posted):000000}\"");
    }

    // Both ways take a while, in which the sender may be killed.
#pragma warning disable CA5394 // How long is no secret.
    private static void Travel() => Thread.Sleep(Random.Shared.Next(MostMilliseconds));
#pragma warning restore CA5394
}
