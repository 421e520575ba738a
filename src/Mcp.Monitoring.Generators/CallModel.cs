namespace Mcp.Monitoring.Generators;

/// <summary>A method of which calls are measured, as the text that hands a call on to it: equal for two calls that one interceptor can serve.</summary>
internal sealed record MethodModel(string Function, string TypeParameters, string Parameters, string Constraints, string Return, string Call, Completion Completion, string Token);

/// <summary>A call that is measured.</summary>
/// <param name="Method">What is called.</param>
/// <param name="Location">The attribute that names where.</param>
internal sealed record CallModel(MethodModel Method, string Location);

/// <summary>When a function has ended.</summary>
internal enum Completion
{
    /// <summary>When it returns, with nothing.</summary>
    ReturnsNothing,

    /// <summary>When it returns.</summary>
    Returns,

    /// <summary>When the task that it returns completes.</summary>
    Completes,

    /// <summary>When the stream that it returns has been read.</summary>
    IsRead,
}
