using Mcp.Monitoring.IntegrationTests.ErrorTracking;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The adapter to Sentry's own SDK on the page is the one that <see cref="OfficialSentryTests"/> sends an error through.</summary>
public sealed class SentryAdapterTests
{
    [Fact]
    public void Adapter_is_the_tested_one() =>
        Assert.Contains(ReadmeBlocks.SentryAdapter.Text.Trim(), Source("OfficialSentryHub.cs"), StringComparison.Ordinal);

    [Fact]
    public void It_is_registered_as_in_the_test() =>
        Assert.Contains(ReadmeBlocks.SentryRegistration.Text.Trim(), Source("OfficialSentryTests.cs"), StringComparison.Ordinal);

    private static string Source(string file) =>
        Repository.Read($"tests/Mcp.Monitoring.IntegrationTests/ErrorTracking/{file}");
}
