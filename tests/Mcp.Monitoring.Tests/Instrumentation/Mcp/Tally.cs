using System.Globalization;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>What one kind of end leaves behind in the metrics.</summary>
internal static class Tally
{
    public static string[] Success(string type, string operation, int times = 1) =>
        [Ended(type, operation, "success", times), Line($"timed {type} {operation} success", times)];

    public static string[] ServerError(string type, string operation, string errorType, int times = 1) =>
        Error(type, operation, "server_error", errorType, times);

    public static string[] ToolError(string operation, int times = 1) => Error("tools", operation, "tool_error", "internal", times);

    public static string[] ClientError(string type, string operation, string errorType = "validation", int times = 1) =>
        [Ended(type, operation, "client_error", times), Line($"error {type} {operation} client_error {errorType}", times)];

    public static string[] Unknown(string type, int times = 1) => [.. ClientError(type, "_unknown", times: times), Line($"unknown {type}", times)];

    public static string[] Cancelled(string type, string operation) => [Ended(type, operation, "cancelled", 1)];

    public static string[] InputRequired(string type, string operation) => [Ended(type, operation, "input_required", 1)];

    public static string[] Waited(string operation, int times = 1) => [Line($"waited {operation}", times)];

    /// <summary>What the real client asks for before the test does.</summary>
    public static string[] Handshake(string revision) => Success("protocol", revision == Rpc.Newest ? "server/discover" : "initialize");

    private static string[] Error(string type, string operation, string outcome, string errorType, int times) =>
    [
        Ended(type, operation, outcome, times),
        Line($"timed {type} {operation} error", times),
        Line($"error {type} {operation} {outcome} {errorType}", times),
    ];

    private static string Ended(string type, string operation, string outcome, int times) => Line($"ended {type} {operation} {outcome}", times);

    private static string Line(string what, int times) => string.Create(CultureInfo.InvariantCulture, $"{what} {times}");
}
