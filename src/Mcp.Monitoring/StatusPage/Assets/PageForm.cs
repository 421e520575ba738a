namespace Mcp.Monitoring.StatusPage.Assets;

/// <summary>The pages beside the status page.</summary>
internal enum PageForm
{
    /// <summary>Asks for the token: <c>error</c>.</summary>
    SignIn,

    /// <summary>Asks whether to acknowledge an incident: <c>error</c>, <c>title</c>, <c>what</c>.</summary>
    Acknowledge,

    /// <summary>Says how that went, or why it cannot be: <c>title</c>, <c>what</c>.</summary>
    Message,
}
