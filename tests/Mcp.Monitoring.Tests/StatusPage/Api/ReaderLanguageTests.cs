using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.StatusPage.Api;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Tests.StatusPage.Api;

public sealed class ReaderLanguageTests
{
    [Theory]
    [InlineData("", AlertLanguage.En)]
    [InlineData("ru", AlertLanguage.Ru)]
    [InlineData("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", AlertLanguage.Ru)]
    [InlineData("RU-ru", AlertLanguage.Ru)]
    [InlineData("en-US,en;q=0.9,ru;q=0.8", AlertLanguage.En)]
    [InlineData("en;q=0.5, ru;q=0.8", AlertLanguage.Ru)]
    [InlineData("en, ru", AlertLanguage.En)]
    [InlineData("ru, en", AlertLanguage.Ru)]
    [InlineData("de, fr;q=0.9", AlertLanguage.En)]
    [InlineData("de, ru;q=0.1", AlertLanguage.Ru)]
    [InlineData("ru;q=0", AlertLanguage.En)]
    [InlineData("run, rue", AlertLanguage.En)]
    [InlineData("*", AlertLanguage.En)]
    [InlineData("ru;q=x;;,", AlertLanguage.En)]
    public void Language_is_what_is_wanted_most_of_those_there_are(string accepted, AlertLanguage language)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = accepted;

        Assert.Equal(language, ReaderLanguage.Of(http.Request));
    }
}
