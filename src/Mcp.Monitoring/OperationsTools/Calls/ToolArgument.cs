using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mcp.Monitoring.OperationsTools.Calls;

/// <summary>An argument of a tool: its schema, and what it may be.</summary>
internal abstract record ToolArgument(string Name, string Description)
{
    public bool IsRequired { get; init; }

    /// <summary>Gets what it must be, after its name: <c>must be a whole number from 1 to 50</c>.</summary>
    public abstract string Remedy { get; }

    public JsonObject Schema()
    {
        var schema = new JsonObject();
        Describe(schema);
        schema["description"] = Description;
        return schema;
    }

    /// <summary>Finds out whether a value is as it must be.</summary>
    public abstract bool Accepts(JsonElement value);

    protected abstract void Describe(JsonObject schema);
}

/// <summary>A text of 1 to so many characters.</summary>
internal sealed record TextArgument(string Name, string Description) : ToolArgument(Name, Description)
{
    public int Longest { get; init; } = 200;

    public override string Remedy => $"must be a text of 1 to {Longest} characters";

    public override bool Accepts(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length > 0 && text.Length <= Longest;

    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "string";
        schema["minLength"] = 1;
        schema["maxLength"] = Longest;
    }
}

/// <summary>One of a list of words.</summary>
internal sealed record ChoiceArgument(string Name, string Description, IReadOnlyList<string> Choices) : ToolArgument(Name, Description)
{
    public override string Remedy => $"must be one of {string.Join(", ", Choices)}";

    public override bool Accepts(JsonElement value) => value.ValueKind == JsonValueKind.String && Choices.Contains(value.GetString(), StringComparer.Ordinal);

    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "string";
        schema["enum"] = new JsonArray([.. Choices.Select(choice => (JsonNode)choice)]);
    }
}

/// <summary>A whole number.</summary>
internal sealed record IntegerArgument(string Name, string Description, int Least, int Most) : ToolArgument(Name, Description)
{
    /// <summary>Gets what it is where it is not given.</summary>
    public int? Usual { get; init; }

    public override string Remedy => string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {Least} to {Most}");

    public override bool Accepts(JsonElement value) => value.ValueKind == JsonValueKind.Number && Read(value) is { } number && number >= Least && number <= Most;

    /// <summary>Reads it; <c>20.0</c> is a whole number in JSON.</summary>
    public static int? Read(JsonElement value) =>
        value.TryGetInt32(out int whole) ? whole
        : value.TryGetDouble(out double number) && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number
        : null;

    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "integer";
        schema["minimum"] = Least;
        schema["maximum"] = Most;
        if (Usual is { } usual)
        {
            schema["default"] = usual;
        }
    }
}

/// <summary>A number.</summary>
internal sealed record NumberArgument(string Name, string Description, double Least, double Most) : ToolArgument(Name, Description)
{
    public override string Remedy => string.Create(CultureInfo.InvariantCulture, $"must be a number from {Least} to {Most}");

    public override bool Accepts(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= Least && number <= Most;

    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "number";
        schema["minimum"] = Least;
        schema["maximum"] = Most;
    }
}

/// <summary>A list of texts.</summary>
internal sealed record TextsArgument(string Name, string Description) : ToolArgument(Name, Description)
{
    private const int MostItems = 10;
    private const int Longest = 200;

    public override string Remedy => $"must be a list of at most {MostItems} texts of 1 to {Longest} characters";

    public override bool Accepts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MostItems
        && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String && item.GetString() is { } text && text.Length is > 0 and <= Longest);

    protected override void Describe(JsonObject schema)
    {
        schema["type"] = "array";
        schema["maxItems"] = MostItems;
        schema["items"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = Longest };
    }
}
