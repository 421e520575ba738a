namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>A request of ours that knows its name, without the options that would cost every other request memory.</summary>
internal sealed class PollRequest(string address, string call) : HttpRequestMessage(HttpMethod.Get, address)
{
    /// <summary>Gets the label <c>call</c>.</summary>
    public string Call => call;
}
