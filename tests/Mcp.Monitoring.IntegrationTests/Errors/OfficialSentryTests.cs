using System.Text.Json;
using Mcp.Monitoring.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>A host with Sentry's own SDK: a failing tool is one event there, whoever else logs it.</summary>
public class OfficialSentryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tool_that_throws_is_one_event_of_sentrys_own_SDK(bool hasAdapter)
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        SentryWebHostBuilderExtensions.UseSentry(builder.WebHost, options =>
        {
            options.Dsn = sink.Dsn;
            options.AutoSessionTracking = false;
        });
        builder.Services.AddMcpMonitoring(options => options.Sentry.Dsn = sink.Dsn);
        if (hasAdapter)
        {
            builder.Services.AddSingleton<ISentryHub, OfficialSentryHub>();
        }

        await using (WebApplication app = builder.Build())
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            await FailingTool.CallAsync(app.Services);
            await app.Services.GetRequiredService<Sentry.IHub>().FlushAsync(TimeSpan.FromSeconds(10));
            await app.StopAsync(TestContext.Current.CancellationToken);
        }

        JsonElement sent = Assert.Single(sink.Events);
        Assert.StartsWith("sentry.dotnet", sent.GetProperty("sdk").GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal("no weather today", sent.GetProperty("exception").GetProperty("values")[0].GetProperty("value").GetString());
        if (hasAdapter)
        {
            Assert.Equal("get_weather", sent.GetProperty("tags").GetProperty("mcp.tool.name").GetString());
            Assert.Equal("tools/call get_weather", sent.GetProperty("transaction").GetString());
        }
    }
}
