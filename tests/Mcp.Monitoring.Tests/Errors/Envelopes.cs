using System.Text.Json;

namespace Mcp.Monitoring.Tests.Errors;

/// <summary>Reads what was sent.</summary>
internal static class Envelopes
{
    public static IEnumerable<JsonElement> Array(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement array) ? array.EnumerateArray() : [];

    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;

    public static Exception Thrown(string message, Exception? inner = null)
    {
        try
        {
            throw new InvalidOperationException(message, inner);
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
