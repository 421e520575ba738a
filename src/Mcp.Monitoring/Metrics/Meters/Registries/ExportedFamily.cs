namespace Mcp.Monitoring.Metrics.Meters.Registries;

/// <summary>One metric of an exported text.</summary>
/// <param name="Name">Its name as that format has it: a counter is <c>x_total</c> in text and <c>x</c> in OpenMetrics.</param>
/// <param name="Type">Its type, such as <c>counter</c>.</param>
/// <param name="Help">What it is, as it stands there.</param>
/// <param name="Samples">The lines of its samples.</param>
internal sealed record ExportedFamily(string Name, string Type, ReadOnlyMemory<byte> Help, ReadOnlyMemory<byte> Samples)
{
    private const string Total = "_total";

    /// <summary>Gets every name under which it may stand on a page, in either format.</summary>
    public string[] Names => Type switch
    {
        "counter" when (Name.EndsWith(Total, StringComparison.Ordinal) ? Name[..^Total.Length] : Name) is var name => [name, name + Total, name + "_created"],
        "histogram" => [Name, Name + "_bucket", Name + "_sum", Name + "_count", Name + "_created"],
        "summary" => [Name, Name + "_sum", Name + "_count", Name + "_created"],
        _ => [Name],
    };
}
