using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Infrastructure.Validation;

public class PlaceholderTests
{
    [Theory]
    [InlineData("https://your-sentry-dsn")]
    [InlineData("https://hooks.slack.com/services/YOUR/SLACK/WEBHOOK")]
    [InlineData("your-bot-token")]
    [InlineData("YOUR_BOT_TOKEN")]
    [InlineData("smtp.your-company.com")]
    [InlineData("your.email@company.com")]
    [InlineData("<token>")]
    [InlineData("<your token>")]
    [InlineData("${SECRET}")]
    [InlineData("https://${KEY}@sentry.example.com/1")]
    [InlineData("{{ .Values.secret }}")]
    [InlineData("*")]
    [InlineData("***")]
    [InlineData("changeme")]
    [InlineData("change-me")]
    [InlineData("CHANGE_ME")]
    [InlineData("placeholder")]
    [InlineData("https://placeholder.example.com")]
    [InlineData("xxx")]
    [InlineData("XXXXXXXX")]
    [InlineData("todo")]
    [InlineData("TODO")]
    [InlineData("none")]
    [InlineData("null")]
    [InlineData("example")]
    public void Text_of_an_example_is_a_placeholder(string text)
    {
        Assert.True(Placeholder.Is(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://public@sentry.example.com/1")]
    [InlineData("a@company.com")]
    [InlineData("https://hooks.slack.com/services/T/B/X")]
    [InlineData("https://hooks.slack.com/services/T0123ABCD/B0123ABCD/aBcDeFgHiJkLmNoPqRsTuVwX")]
    [InlineData("https://hooks.yourcompany.com/x")]
    [InlineData("alerts@yourcompany.com")]
    [InlineData("https://tours.example.com")]
    [InlineData("https://fouryour.example.com")]
    [InlineData("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")]
    [InlineData("https://9f86d081884c7d659a2feaa0c55ad015@o1.ingest.sentry.io/4507")]
    [InlineData("pa$$word")]
    [InlineData("p{a}ss")]
    [InlineData("a<b>c")]
    [InlineData("xx")]
    [InlineData("examples")]
    [InlineData("nonexistent")]
    [InlineData("-1001234567890")]
    public void Real_value_is_no_placeholder(string text)
    {
        Assert.False(Placeholder.Is(text));
    }

    [Fact]
    public void Very_long_text_is_judged_at_once()
    {
        Assert.False(Placeholder.Is(new string('<', 1_000_000)));
        Assert.False(Placeholder.Is(string.Concat(Enumerable.Repeat("${", 500_000))));
    }
}
