using Mcp.Monitoring.OperationsTools.Calls;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.OperationsTools.Serving;

/// <summary>Who calls, from the HTTP request on to where the SDK runs the tool.</summary>
internal static class CallerContext
{
    private static readonly AsyncLocal<Caller?> Flowing = new();

    /// <summary>Gets the caller of the request that is being served; nobody where none is.</summary>
    public static Caller Current => Flowing.Value ?? Caller.Nobody;

    /// <summary>Finds out who calls, and notes it for the rest of the request.</summary>
    public static Caller Enter(HttpContext http, OperationsAccess access)
    {
        bool maySee = access.MaySee(http);
        var caller = new Caller(maySee, maySee && access.MayAct(http), access.NameOf(http));
        Flowing.Value = caller;
        return caller;
    }
}
