using Mcp.Monitoring.Alerting.Texts;

namespace Mcp.Monitoring.Alerting.Engine;

/// <summary>Which tools this run has that the former had not, and the other way round.</summary>
internal sealed record ToolChange(IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    private const int Shown = 20;

    /// <summary>Says so: <c>tools: −get_order +get_orders</c>; what is gone comes first, it is what callers miss.</summary>
    public string Say(AlertTexts texts)
    {
        string[] all = [.. Removed.Select(tool => "−" + tool), .. Added.Select(tool => "+" + tool)];
        string more = all.Length > Shown ? $" {texts.Say("and_more", all.Length - Shown)}" : "";
        return texts.Say("start.tools", string.Join(' ', all.Take(Shown)) + more);
    }
}
