using System.Text.Json;
using Mcp.Monitoring.Alerting.Channels.Slack;
using Mcp.Monitoring.Alerting.Channels.Transport;

namespace Mcp.Monitoring.Tests.Alerting.Channels.Slack;

/// <summary>A request that Slack was sent.</summary>
internal sealed record SlackRequest(string Address, string? Authorization, string? ContentType, JsonElement Body)
{
    /// <summary>Gets the method of the Web API, or the last part of a webhook.</summary>
    public string Method => Address[(Address.LastIndexOf('/') + 1)..];

    public string? Text(string name) => Body.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;
}

/// <summary>Slack without a network: each request has the next answer, and the last one for ever.</summary>
internal sealed class ScriptedSlack(params object[] answers)
{
    public const string Posted = """{"ok":true,"channel":"C0123456789","ts":"1700000000.000100","message":{"text":"…"}}""";

    private int _next;

    public List<SlackRequest> Requests { get; } = [];

    public IEnumerable<string> Methods => Requests.Select(request => request.Method);

    public static string Refused(string code) => $$"""{"ok":false,"error":"{{code}}"}""";

    public static string PostedAs(string message) => Posted.Replace("1700000000.000100", message, StringComparison.Ordinal);

    public SlackRequests Now(bool isPoolStarved = false) => new(Exchange, isPoolStarved, TestContext.Current.CancellationToken);

    public HttpReply Exchange(HttpRequestMessage request, bool isPoolStarved, CancellationToken stop)
    {
        using var read = new StreamReader(request.Content!.ReadAsStream(stop));
        using var body = JsonDocument.Parse(read.ReadToEnd());
        Requests.Add(new SlackRequest(request.RequestUri!.AbsoluteUri, request.Headers.Authorization?.ToString(), request.Content.Headers.ContentType?.ToString(), body.RootElement.Clone()));
        object answer = answers[Math.Min(_next++, answers.Length - 1)];
        return answer switch
        {
            Exception fault => throw fault,
            HttpReply reply => reply,
            _ => new HttpReply(200, (string)answer, RetryAfter: null, Date: null),
        };
    }
}
