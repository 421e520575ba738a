namespace Mcp.Monitoring.Tests.Configuration;

public class RootRulesTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(null, true)]
    public void Environment_has_1_to_128_characters(int? length, bool valid)
    {
        string? environment = length is { } count ? new string('x', count) : null;
        OptionsRules.Judge("Environment", $"\"{environment}\"", valid, options => options.Environment = environment);
    }
}
