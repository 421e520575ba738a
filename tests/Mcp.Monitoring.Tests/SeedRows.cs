namespace Mcp.Monitoring.Tests;

/// <summary>Seeds of random tests: a few are tried in every run, all of them where there is time.</summary>
internal static class SeedRows
{
    public static IEnumerable<TheoryDataRow<int>> Of(int always, int all, int random = 0) =>
    [
        .. Enumerable.Range(1, always).Concat(Enumerable.Range(0, random).Select(_ => Random.Shared.Next())).Select(seed => new TheoryDataRow<int>(seed)),
        .. Enumerable.Range(always + 1, all - always).Select(seed => new TheoryDataRow<int>(seed).WithTrait("Speed", "Slow")),
    ];
}
