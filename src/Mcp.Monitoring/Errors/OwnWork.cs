namespace Mcp.Monitoring.Errors;

/// <summary>Marks the work of sending: what is logged in it, by the host's hook or by the network beneath, never comes back as something to send.</summary>
internal static class OwnWork
{
    private static readonly AsyncLocal<bool> Here = new();

    public static bool IsHere => Here.Value;

    /// <summary>Marks the calling async flow and all that it starts.</summary>
    public static void Begin() => Here.Value = true;
}
