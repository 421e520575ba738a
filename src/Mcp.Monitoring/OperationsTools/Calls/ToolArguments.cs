using System.Text.Json;

namespace Mcp.Monitoring.OperationsTools.Calls;

/// <summary>The arguments of a call, each as its tool wants it.</summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    private ToolArguments()
    {
    }

    /// <summary>Reads and checks all of them. A value of <c>null</c> is none, as many models write it.</summary>
    /// <exception cref="RefusedCall">One is unknown, missing or not as it must be.</exception>
    public static ToolArguments Read(ToolDescription tool, IEnumerable<KeyValuePair<string, JsonElement>>? given)
    {
        var arguments = new ToolArguments();
        foreach ((string name, JsonElement value) in given ?? [])
        {
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            {
                continue;
            }

            ToolArgument argument = tool.Arguments.FirstOrDefault(known => known.Name == name) ?? throw new RefusedCall(UnknownOf(tool), name);
            arguments._values[name] = IsWellFormed(value) && argument.Accepts(value) ? value : throw new RefusedCall($"The argument {argument.Name} {argument.Remedy}.");
        }

        foreach (ToolArgument argument in tool.Arguments.Where(argument => argument.IsRequired && !arguments._values.ContainsKey(argument.Name)))
        {
            throw new RefusedCall($"The argument {argument.Name} is missing: it {argument.Remedy}.");
        }

        return arguments;
    }

    public bool Has(ToolArgument argument) => _values.ContainsKey(argument.Name);

    public string? Text(ToolArgument argument) => _values.TryGetValue(argument.Name, out JsonElement value) ? value.GetString() : null;

    public int Integer(IntegerArgument argument) => _values.TryGetValue(argument.Name, out JsonElement value) ? IntegerArgument.Read(value)!.Value : argument.Usual ?? argument.Least;

    public double? Number(NumberArgument argument) => _values.TryGetValue(argument.Name, out JsonElement value) ? value.GetDouble() : null;

    public IReadOnlyList<string> Texts(TextsArgument argument) =>
        _values.TryGetValue(argument.Name, out JsonElement value) ? [.. value.EnumerateArray().Select(static item => item.GetString()!)] : [];

    private static string UnknownOf(ToolDescription tool) => tool.Arguments.Count == 0
        ? $"{tool.Name} takes no arguments."
        : $"{tool.Name} has no such argument. It takes: {string.Join(", ", tool.Arguments.Select(argument => argument.Name))}.";

    // JSON may hold half of a character, which no string can be made of.
    private static bool IsWellFormed(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Array => value.EnumerateArray().All(IsWellFormed),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
