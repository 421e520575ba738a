using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Mcp.Monitoring.OperationsTools.Text;

namespace Mcp.Monitoring.OperationsTools.Calls;

/// <summary>The JSON schemas of arguments and answers.</summary>
internal static class Schemas
{
    private const string Type = "type", Properties = "properties", Required = "required", Description = "description", Object = "object", Null = "null";

    private static readonly JsonSchemaExporterOptions Answers = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    public static JsonElement OfArguments(IReadOnlyList<ToolArgument> arguments)
    {
        var properties = new JsonObject();
        foreach (ToolArgument argument in arguments)
        {
            properties[argument.Name] = argument.Schema();
        }

        var schema = new JsonObject { [Type] = Object, [Properties] = properties, ["additionalProperties"] = false };
        if (arguments.Any(argument => argument.IsRequired))
        {
            schema[Required] = new JsonArray([.. arguments.Where(argument => argument.IsRequired).Select(argument => (JsonNode)argument.Name)]);
        }

        return ElementOf(schema);
    }

    public static JsonElement OfAnswer(JsonTypeInfo type)
    {
        var schema = (JsonObject)type.GetJsonSchemaAsNode(Answers);
        ((JsonObject)schema[Properties]!)[AnswerText.Notice] = new JsonObject { [Type] = "string", [Description] = "How fields named untrusted are to be read." };
        return ElementOf(schema);
    }

    // What is not known is left out, and never null; nor is there an empty field for the text of others.
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
        {
            return node;
        }

        if (schema[Type] is JsonArray types && types.FirstOrDefault(type => type!.GetValue<string>() != Null) is { } only)
        {
            schema[Type] = only.GetValue<string>();
        }

        if (schema[Required] is JsonArray required)
        {
            string[] always =
            [
                .. from name in required.Select(item => item!.GetValue<string>())
                   where name != AnswerText.Untrusted && context.TypeInfo.Properties.Any(property => property.Name == name && !property.IsGetNullable)
                   select name,
            ];
            schema.Remove(Required);
            if (always.Length > 0)
            {
                schema[Required] = new JsonArray([.. always.Select(name => (JsonNode)name)]);
            }
        }

        if (context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute said, ..])
        {
            schema[Description] = said.Description;
        }

        return schema;
    }

    private static JsonElement ElementOf(JsonObject schema) => JsonElement.Parse(schema.ToJsonString());
}
