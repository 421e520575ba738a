namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>How many characters a part of a payload may still have: many texts, each within its limit, would make it one that Sentry refuses.</summary>
internal sealed class TextBudget(int characters)
{
    public int Left { get; private set; } = characters;

    public void Take(int characters) => Left = Math.Max(0, Left - characters);
}
