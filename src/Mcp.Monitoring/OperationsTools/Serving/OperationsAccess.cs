using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.OperationsTools.Serving;

/// <summary>Who may see the operations and act on them: those who may see the status page and act there.</summary>
/// <param name="MaySee">Whether the caller of a request may read.</param>
/// <param name="MayAct">Whether he may act as well.</param>
/// <param name="NameOf">His name, where somebody vouches for it.</param>
internal sealed record OperationsAccess(Func<HttpContext, bool> MaySee, Func<HttpContext, bool> MayAct, Func<HttpContext, string?> NameOf);
