using System.Globalization;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Which tools this run has that the former had not, and the other way round.</summary>
internal sealed record ToolChange(IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    private const int Shown = 20;

    /// <summary>Says so: <c>tools: −get_order +get_orders</c>; what is gone comes first, it is what callers miss.</summary>
    public override string ToString()
    {
        string[] all = [.. Removed.Select(tool => "−" + tool), .. Added.Select(tool => "+" + tool)];
        string more = all.Length > Shown ? string.Create(CultureInfo.InvariantCulture, $" and {all.Length - Shown} more") : "";
        return $"tools: {string.Join(' ', all.Take(Shown))}{more}";
    }
}
