using System.Text.Json.Nodes;
using Mcp.Monitoring.IntegrationTests.Servers;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Mcp.Monitoring.IntegrationTests.Clients;

/// <summary>A client makes every call once and gives up on a last one; what it got, and the metrics before and after.</summary>
internal sealed record Conversation(IReadOnlyDictionary<string, string> Answers, MetricsPage Before, MetricsPage After)
{
    public static async Task<Conversation> HoldAsync(string protocolVersion, bool isStateful)
    {
        await using var sample = await Sample.StartAsync(isStateful ? ["--stateful"] : []);
        MetricsPage before = await sample.Metrics.ScrapeAsync();
        await using var client = await Caller.ConnectAsync(sample.Mcp, sample.Http, protocolVersion);
        var answers = await CallEverythingAsync(client);
        await GiveUpAsync(client, sample, ProtocolVersions.HasSession(protocolVersion, isStateful));
        return new(answers, before, await sample.Metrics.ScrapeWhenQuietAsync());
    }

    public static async Task<SortedDictionary<string, string>> CallEverythingAsync(McpClient client)
    {
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, call) in new EveryCall(client, TestContext.Current.CancellationToken).All)
        {
            try
            {
                answers[name] = await call();
            }
            catch (McpProtocolException e)
            {
                answers[name] = $"{(int)e.ErrorCode} {e.Message}";
            }
        }

        return answers;
    }

    // Without a session the client's hanging up says it all; in a session it means nothing, and a notification has to say it.
    private static async Task GiveUpAsync(McpClient client, Sample sample, bool hasSession)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var request = new JsonRpcRequest
        {
            Id = new RequestId("the slow one"),
            Method = RequestMethods.ToolsCall,
            Params = new JsonObject { ["name"] = "unstable", ["arguments"] = new JsonObject { ["how"] = "slow" } },
        };
        var call = client.SendRequestAsync(request, patience.Token);
        await sample.Metrics.ScrapeUntilAsync(page => page.Sum("mcp_active_requests", ("operation_type", "tools")) is 1);
        if (hasSession)
        {
            await client.SendNotificationAsync(NotificationMethods.CancelledNotification, new CancelledNotificationParams { RequestId = request.Id });
            await sample.Metrics.ScrapeUntilAsync(page => page.Sum("mcp_active_requests", ("operation_type", "tools")) is 0);
        }

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => call);
    }
}
