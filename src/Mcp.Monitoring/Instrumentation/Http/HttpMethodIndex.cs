using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>The closed list behind the label <c>method</c>.</summary>
internal static class HttpMethodIndex
{
    private static readonly string[] Labels =
        ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "CONNECT", "TRACE", OperationLabels.Other];

    public static int Get => 0;

    public static int Connect => 7;

    /// <summary>Gets more than the highest index, a power of two.</summary>
    public const int Range = 16;

    public static int Of(string method) => method switch
    {
        "GET" => 0,
        "POST" => 1,
        "PUT" => 2,
        "DELETE" => 3,
        "PATCH" => 4,
        "HEAD" => 5,
        "OPTIONS" => 6,
        "CONNECT" => 7,
        "TRACE" => 8,
        _ => 9,
    };

    public static string Label(int index) => Labels[index];
}
