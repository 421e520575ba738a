using Microsoft.AspNetCore.Mvc;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

[Route("controlled")]
[MonitorMcpOperation("tools", "of-the-class", Owner = "class-team")]
public sealed class OwnedController : ControllerBase
{
    [HttpGet("merged")]
    [MonitorMcpOperation("tools", "merged")]
    public IActionResult Merged() => Ok();
}
