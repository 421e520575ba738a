using Mcp.Monitoring.OperationsTools.Calls;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.OperationsTools.Serving;

/// <summary>Who may see the operations and act on them: those who may see the status page and act there.</summary>
/// <param name="Guard">Stands before the endpoint of the server: lets pass who may see, and answers the others.</param>
/// <param name="Judge">Says who the caller of a request is, and what he may; asked behind <paramref name="Guard"/>, and by the tools of a server of the host's choice.</param>
internal sealed record OperationsAccess(Func<RequestDelegate, RequestDelegate> Guard, Func<HttpContext, Caller> Judge);
