using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

/// <summary>The same requests under the names of the OpenTelemetry conventions for MCP.</summary>
public sealed class MeterTests
{
    [Fact]
    public async Task Request_over_pipes_is_recorded_under_the_names_of_the_convention()
    {
        Assert.Equal(
            ["gen_ai.operation.name=execute_tool gen_ai.tool.name=add mcp.method.name=tools/call mcp.protocol.version=2026-07-28 network.transport=pipe"],
            await RecordedAsync(Rpc.Modern("tools/call", "\"name\":\"add\",\"arguments\":{}")));
    }

    [Fact]
    public async Task Fault_of_the_caller_has_a_status_code_and_is_no_error()
    {
        Assert.Equal(
            ["gen_ai.operation.name=execute_tool gen_ai.tool.name=_unknown mcp.method.name=tools/call mcp.protocol.version=2026-07-28 network.transport=pipe rpc.response.status_code=-32602"],
            await RecordedAsync(Rpc.Modern("tools/call", "\"name\":\"none\",\"arguments\":{}")));
    }

    [Fact]
    public async Task Hidden_exception_is_an_error_of_its_own_type()
    {
        Assert.Equal(
            ["error.type=System.InvalidOperationException gen_ai.operation.name=execute_tool gen_ai.tool.name=fail mcp.method.name=tools/call mcp.protocol.version=2026-07-28 network.transport=pipe"],
            await RecordedAsync(Rpc.Modern("tools/call", "\"name\":\"fail\",\"arguments\":{}")));
    }

    [Fact]
    public async Task Prompt_is_recorded_by_name_and_a_resource_without_its_address()
    {
        Assert.Equal(
            [
                "gen_ai.prompt.name=greet mcp.method.name=prompts/get mcp.protocol.version=2026-07-28 network.transport=pipe",
                "mcp.method.name=resources/read mcp.protocol.version=2026-07-28 network.transport=pipe",
            ],
            await RecordedAsync(Rpc.Modern("prompts/get", "\"name\":\"greet\""), Rpc.Modern("resources/read", "\"uri\":\"note://1\"", id: 2)));
    }

    private static async Task<IReadOnlyList<string>> RecordedAsync(params string[] requests)
    {
        await using var host = new MonitoredHost();
        IMeterFactory factory = host.Services.GetRequiredService<IMeterFactory>();
        List<string> recorded = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "mcp.server.operation.duration" && instrument.Meter.Name == "Mcp.Monitoring" && instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            recorded.Add(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal))));
        listener.Start();
        Session session = host.Start(options =>
        {
            options.ToolCollection = [Tool("add", () => 3), Throwing("fail", () => new InvalidOperationException("fail"))];
            options.PromptCollection = [Prompt("greet", () => "Hello")];
            options.ResourceCollection = [Resource("note://{id}", (string id) => id)];
        });
        foreach (string request in requests)
        {
            await session.AskAsync(request);
        }

        await host.StopAsync();
        return recorded;
    }
}
