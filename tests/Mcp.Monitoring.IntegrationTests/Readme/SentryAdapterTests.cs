using Mcp.Monitoring.IntegrationTests.Errors;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The adapter to Sentry's own SDK on the pages is the one that <see cref="OfficialSentryTests"/> sends an error through.</summary>
public sealed class SentryAdapterTests
{
    public static TheoryData<string> Adapters() =>
        Pages.Rows(Pages.In("csharp").Where(block => block.Text.Contains($"class {nameof(OfficialSentryHub)}(", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Adapters))]
    public void Adapter_is_the_tested_one(string id)
    {
        string text = Pages.Block(id).Text;

        Assert.Contains(
            text[text.IndexOf("internal sealed class", StringComparison.Ordinal)..].Trim(),
            Repository.Read("tests/Mcp.Monitoring.IntegrationTests/ErrorTracking/OfficialSentryHub.cs"),
            StringComparison.Ordinal);
    }
}
