namespace Mcp.Monitoring.Metrics;

/// <summary>The labels of a series as one text. Two series have the same only if all names and values are the same, whatever characters are in them.</summary>
internal static class LabelKey
{
    public static string Of(IReadOnlyList<string> names, IReadOnlyList<string> values) =>
        string.Join('\u001f', names.Select((name, i) => $"{name}={values[i].Length}:{values[i]}"));
}
