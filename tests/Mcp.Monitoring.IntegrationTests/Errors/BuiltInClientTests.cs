using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.IntegrationTests.Errors;

/// <summary>What the built-in client brings to a server that takes envelopes.</summary>
public class BuiltInClientTests
{
    [Fact]
    public async Task Tool_that_throws_is_one_event_and_one_transaction_with_the_same_ids()
    {
        await using EnvelopeSink sink = await EnvelopeSink.StartAsync();
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Sentry.Dsn = sink.Dsn;
            options.Prometheus.ServiceName = "weather";
            options.Sentry.TracesSampleRate = 1;
            options.Sentry.InAppInclude = ["Mcp.Monitoring.IntegrationTests"];
        });
        await using (WebApplication app = builder.Build())
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            await FailingTool.CallAsync(app.Services);
            await app.StopAsync(TestContext.Current.CancellationToken);
        }

        JsonElement sent = Assert.Single(sink.Events);
        Assert.Equal("sentry.dotnet", Text(sent, "sdk", "name"));
        Assert.Equal("tools/call get_weather", Text(sent, "transaction"));
        Assert.Equal(FailingTool.Name, Text(sent, "tags", "mcp.tool.name"));
        Assert.StartsWith("weather@", Text(sent, "release"), StringComparison.Ordinal);
        Assert.Equal("production", Text(sent, "environment"));
        JsonElement exception = sent.GetProperty("exception").GetProperty("values")[0];
        Assert.Equal(FailingTool.Message, Text(exception, "value"));
        Assert.Equal("auto.ai.mcp_server", Text(exception, "mechanism", "type"));
        Assert.False(exception.GetProperty("mechanism").GetProperty("handled").GetBoolean());
        Assert.Equal(["tools get_weather", "internal", "System.InvalidOperationException"], sent.GetProperty("fingerprint").EnumerateArray().Take(3).Select(part => part.GetString()!), StringComparer.Ordinal);
        JsonElement transaction = Assert.Single(sink.Transactions, one => Text(one, "transaction") == "tools/call get_weather");
        Assert.Equal("mcp.server", Text(transaction, "contexts", "trace", "op"));
        Assert.Equal("internal_error", Text(transaction, "contexts", "trace", "status"));
        Assert.Equal(Text(transaction, "contexts", "trace", "trace_id"), Text(sent, "contexts", "trace", "trace_id"));
        Assert.Equal(Text(transaction, "contexts", "trace", "span_id"), Text(sent, "contexts", "trace", "span_id"));
        Assert.Equal(Text(sent, "contexts", "trace", "trace_id"), Text(sent, "tags", "correlation_id"));
    }

    private static string? Text(JsonElement element, params string[] path)
    {
        foreach (string name in path)
        {
            element = element.GetProperty(name);
        }

        return element.GetString();
    }
}
