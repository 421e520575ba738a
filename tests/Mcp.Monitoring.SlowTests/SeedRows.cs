namespace Mcp.Monitoring.Tests;

/// <summary>Seeds of random tests: the same ones in every run, and new ones.</summary>
internal static class SeedRows
{
    public static IEnumerable<TheoryDataRow<int>> Of(int seeds, int random = 0) =>
        Enumerable.Range(1, seeds).Concat(Enumerable.Range(0, random).Select(_ => Random.Shared.Next())).Select(seed => new TheoryDataRow<int>(seed));
}
