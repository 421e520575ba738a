namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>A request of ours that knows its name, without the options that would cost every other request memory.</summary>
internal sealed class ProbeRequest(string address) : HttpRequestMessage(HttpMethod.Get, address)
{
    public const string Call = "probe";
}
