using System.Text.Json.Nodes;

namespace Mcp.Monitoring.Operations;

/// <summary>Reads texts from an object that a client sent. It is taken apart only when it is read, and fails then where a name stands in it twice.</summary>
internal static class RequestMeta
{
    /// <summary>Gets a text, or <see langword="null"/> where there is none that can be read.</summary>
    public static string? Text(JsonObject from, string name) => Node(from, name) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static JsonNode? Node(JsonObject from, string name)
    {
        try
        {
            return from.TryGetPropertyValue(name, out JsonNode? node) ? node : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
