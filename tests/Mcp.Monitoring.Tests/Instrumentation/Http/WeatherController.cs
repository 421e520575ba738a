using Microsoft.AspNetCore.Mvc;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

[Route("controlled")]
public sealed class WeatherController : ControllerBase
{
    [HttpGet("named")]
    [MonitorHttpRequest("rpc")]
    public IActionResult Named() => StatusCode(500);

    [HttpGet("ignored")]
    [MonitorHttpRequest(Ignore = true)]
    public IActionResult Ignored() => StatusCode(500);

    [HttpGet("tool/{status}")]
    [MonitorMcpOperation("tools", "get_weather")]
    public IActionResult Tool(int status) => StatusCode(status);

    [HttpGet("failing")]
    [MonitorMcpOperation("tools", "get_weather")]
    public IActionResult Failing() => Request.IsHttps ? Ok() : throw new TimeoutException();
}
