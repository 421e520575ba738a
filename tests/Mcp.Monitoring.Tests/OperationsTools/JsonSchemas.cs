using System.Text.Json;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>Checks values against the part of JSON Schema that the tools use; a property that the schema has not is wrong as well.</summary>
internal static class JsonSchemas
{
    private static readonly string[] Known =
        ["type", "properties", "required", "items", "description", "enum", "minimum", "maximum", "minLength", "maxLength", "maxItems", "additionalProperties", "default", "format"];

    public static IEnumerable<string> Faults(JsonElement schema, JsonElement value, string path = "$")
    {
        Assert.Empty(schema.EnumerateObject().Select(keyword => keyword.Name).Except(Known, StringComparer.Ordinal));
        string type = schema.GetProperty("type").GetString()!;
        if (!IsOf(type, value))
        {
            return [$"{path} is {value.ValueKind} and no {type}"];
        }

        return type switch
        {
            "object" => [.. Missing(schema, value, path), .. value.EnumerateObject().SelectMany(property => schema.GetProperty("properties").TryGetProperty(property.Name, out JsonElement known)
                ? Faults(known, property.Value, $"{path}.{property.Name}")
                : [$"{path}.{property.Name} is in no schema"])],
            "array" => value.EnumerateArray().SelectMany((item, index) => Faults(schema.GetProperty("items"), item, $"{path}[{index}]")),
            _ => [],
        };
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException(type),
    };

    private static IEnumerable<string> Missing(JsonElement schema, JsonElement value, string path) =>
        schema.TryGetProperty("required", out JsonElement required)
            ? from name in required.EnumerateArray() where !value.TryGetProperty(name.GetString()!, out _) select $"{path}.{name.GetString()} is missing"
            : [];
}
