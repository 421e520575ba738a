using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Infrastructure.Validation;

public class NearestNameTests
{
    private static readonly string[] Names = ["critical", "high", "medium", "low", "McpToolErrors", "smtp_server"];

    [Theory]
    [InlineData("hihg", "high")]
    [InlineData("HIGH", "high")]
    [InlineData("crtical", "critical")]
    [InlineData("mediumm", "medium")]
    [InlineData("mcp_tool_eror", "McpToolErrors")]
    [InlineData("smtpServer", "smtp_server")]
    public void A_name_with_few_mistakes_is_found(string typed, string meant)
    {
        Assert.Equal(meant, NearestName.Find(typed, Names));
        Assert.Equal($"Did you mean {meant}? ", NearestName.Suggest(typed, Names));
    }

    [Theory]
    [InlineData("")]
    [InlineData("warning")]
    [InlineData("page")]
    [InlineData("something else altogether")]
    public void A_name_that_is_near_none_is_not_guessed(string typed)
    {
        Assert.Equal("", NearestName.Suggest(typed, Names));
    }

    [Fact]
    public void A_text_without_end_costs_nothing()
    {
        Assert.Null(NearestName.Find(new string('h', 1_000_000), Names));
    }
}
