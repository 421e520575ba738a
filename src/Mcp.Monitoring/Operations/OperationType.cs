namespace Mcp.Monitoring;

/// <summary>What kind of work an operation is: the closed list behind the label <c>operation_type</c>.</summary>
public enum OperationType
{
    /// <summary>An MCP tool call (<c>tools/call</c>); label <c>tools</c>.</summary>
    Tools,

    /// <summary>An MCP resource read (<c>resources/read</c>); label <c>resources</c>.</summary>
    Resources,

    /// <summary>An MCP prompt (<c>prompts/get</c>); label <c>prompts</c>.</summary>
    Prompts,

    /// <summary>An MCP completion (<c>completion/complete</c>); label <c>completion</c>.</summary>
    Completion,

    /// <summary>Any other MCP request: initialize, ping, lists, subscriptions, tasks; label <c>protocol</c>.</summary>
    Protocol,

    /// <summary>Work of the host that is not an MCP request; label <c>function</c>.</summary>
    Function,
}
