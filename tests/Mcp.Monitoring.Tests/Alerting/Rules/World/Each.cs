namespace Mcp.Monitoring.Tests.Alerting.Rules.World;

/// <summary>Something that holds for each of several, of which there is at least one: of none everything holds.</summary>
internal static class Each
{
    public static void Of<T>(IEnumerable<T> all, Action<T> holds)
    {
        T[] found = [.. all];
        Assert.NotEmpty(found);
        Assert.All(found, holds);
    }
}
