using Mcp.Monitoring.OperationsTools.Calls;

namespace Mcp.Monitoring.OperationsTools.Serving;

/// <summary>Who calls, from the HTTP request on to where the SDK runs the tool.</summary>
internal static class CallerContext
{
    private static readonly AsyncLocal<Caller?> Flowing = new();

    /// <summary>Gets or sets the caller of the request that is being served; nobody where none is.</summary>
    public static Caller Current
    {
        get => Flowing.Value ?? Caller.Nobody;
        set => Flowing.Value = value;
    }
}
