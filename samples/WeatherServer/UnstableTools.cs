using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using WeatherServer.Upstream;

namespace WeatherServer;

/// <summary>A tool that ends in the way asked for, to see each outcome in the metrics.</summary>
[McpServerToolType]
internal sealed class UnstableTools(UpstreamClient upstream)
{
    private const string Unit = "unit";

    [McpServerTool(Name = "unstable"), Description("Ends in the way asked for.")]
    public Task<CallToolResult> Unstable(
        [Description("How to end."), AllowedValues("ok", "throw", "tool_error", "protocol", "timeout", "slow", "elicit")] string how,
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken) => how switch
        {
            "ok" => TextAsync("Fine."),
            "throw" => throw new InvalidOperationException("The station sent a table that this server can not read."),
            "tool_error" => TextAsync("The station is closed on Sundays.", isError: true),
            "protocol" => throw new McpProtocolException("The arguments do not make sense together.", McpErrorCode.InvalidParams),
            "timeout" => TimeoutAsync(cancellationToken),
            "slow" => SlowAsync(cancellationToken),
            "elicit" => TextAsync($"The unit is {AskForUnit(request)}."),
            _ => throw new McpProtocolException("how is not one of the values in the tool's schema.", McpErrorCode.InvalidParams),
        };

    // The upstream needs longer than its client waits: a TaskCanceledException, although nobody has cancelled the call.
    private async Task<CallToolResult> TimeoutAsync(CancellationToken cancellationToken)
    {
        await upstream.GetWeatherAsync("Oslo", 1, cancellationToken, delayMs: 5_000);
        return Text("The upstream was faster than it should be.");
    }

    private static async Task<CallToolResult> SlowAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        return Text("That took a while.");
    }

    // The call is answered with "input required", and made again with the person's answer in it. For a client with a session the SDK asks meanwhile.
    private static string AskForUnit(RequestContext<CallToolRequestParams> request)
    {
        if (request.Params.InputResponses?.TryGetValue(Unit, out var response) == true)
        {
            var answer = response.Deserialize(InputResponse.ElicitResultJsonTypeInfo);
            return answer is { IsAccepted: true, Content: { } content } && content.TryGetValue(Unit, out JsonElement unit) ? unit.ToString() : "not known";
        }

        if (!request.Server.IsMrtrSupported || request.Server.ClientCapabilities?.Elicitation is null)
        {
            throw new McpException("This needs an answer from a person, and this client can not ask one.");
        }

        throw new InputRequiredException(
            new Dictionary<string, InputRequest>(StringComparer.Ordinal)
            {
                [Unit] = InputRequest.ForElicitation(new()
                {
                    Message = "Which unit do you prefer?",
                    RequestedSchema = new()
                    {
                        Properties = { [Unit] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = ["celsius", "fahrenheit"] } },
                        Required = [Unit],
                    },
                }),
            },
            requestState: "asked-for-unit");
    }

    private static CallToolResult Text(string text, bool isError = false) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };

    private static Task<CallToolResult> TextAsync(string text, bool isError = false) => Task.FromResult(Text(text, isError));
}
