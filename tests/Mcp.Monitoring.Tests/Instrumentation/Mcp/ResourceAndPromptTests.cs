using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using static Mcp.Monitoring.Tests.Instrumentation.Mcp.Primitives;

namespace Mcp.Monitoring.Tests.Instrumentation.Mcp;

public sealed class ResourceAndPromptTests
{
    [Theory]
    [MemberData(nameof(ToolOutcomeTests.Revisions), MemberType = typeof(ToolOutcomeTests))]
    public async Task Resource_of_a_template_is_counted_under_the_template(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await Start(host).ConnectAsync(revision);

        await client.ReadResourceAsync("note://1", cancellationToken: TestContext.Current.CancellationToken);
        await client.ReadResourceAsync("note://2", cancellationToken: TestContext.Current.CancellationToken);

        await host.CountedAsync(Tally.Handshake(revision), Tally.Success("resources", "note://{id}", times: 2));
    }

    [Fact]
    public async Task Direct_resource_is_counted_under_its_address()
    {
        await using var host = new MonitoredHost();

        await Start(host).AskAsync(Rpc.Request("resources/read", """{"uri":"motd://today"}"""));

        await host.CountedAsync(Tally.Success("resources", "motd://today"));
    }

    [Theory]
    [MemberData(nameof(ToolOutcomeTests.Revisions), MemberType = typeof(ToolOutcomeTests))]
    public async Task Exception_of_a_resource_is_a_server_error_once(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await Start(host).ConnectAsync(revision);

        await Assert.ThrowsAsync<McpProtocolException>(async () =>
            await client.ReadResourceAsync("broken://1", cancellationToken: TestContext.Current.CancellationToken));

        await host.CountedAsync(Tally.Handshake(revision), Tally.ServerError("resources", "broken://{id}", "internal"));
    }

    [Theory]
    [MemberData(nameof(ToolOutcomeTests.Revisions), MemberType = typeof(ToolOutcomeTests))]
    public async Task Prompt_is_counted_under_its_name(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await Start(host).ConnectAsync(revision);

        await client.GetPromptAsync("greet", cancellationToken: TestContext.Current.CancellationToken);

        await host.CountedAsync(Tally.Handshake(revision), Tally.Success("prompts", "greet"));
    }

    [Theory]
    [MemberData(nameof(ToolOutcomeTests.Revisions), MemberType = typeof(ToolOutcomeTests))]
    public async Task Exception_of_a_prompt_is_a_server_error_once(string revision)
    {
        await using var host = new MonitoredHost();
        McpClient client = await Start(host).ConnectAsync(revision);

        await Assert.ThrowsAsync<McpProtocolException>(async () =>
            await client.GetPromptAsync("broken", cancellationToken: TestContext.Current.CancellationToken));

        await host.CountedAsync(Tally.Handshake(revision), Tally.ServerError("prompts", "broken", "internal"));
    }

    [Fact]
    public async Task Exception_of_a_prompt_that_a_filter_makes_an_answer_of_is_a_success()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
        {
            options.PromptCollection = [Prompt("broken", string () => throw new InvalidOperationException("prompt"))];
            options.Filters.Request.GetPromptFilters.Add(next => async (request, cancellationToken) =>
            {
                try
                {
                    return await next(request, cancellationToken);
                }
                catch (InvalidOperationException)
                {
                    return new GetPromptResult();
                }
            });
        });

        await session.AskAsync(Rpc.Request("prompts/get", """{"name":"broken"}"""));

        await host.CountedAsync(Tally.Success("prompts", "broken"));
    }

    [Fact]
    public async Task Completion_is_counted_under_what_it_completes()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Complete("""{"type":"ref/prompt","name":"greet"}"""));
        await session.AskAsync(Complete("""{"type":"ref/resource","uri":"note://{id}"}"""));

        await host.CountedAsync(Tally.Success("completion", "greet"), Tally.Success("completion", "note://{id}"));
    }

    [Fact]
    public async Task Completion_of_something_unknown_is_counted_under_no_name_of_the_client()
    {
        await using var host = new MonitoredHost();
        Session session = Start(host);

        await session.AskAsync(Complete("""{"type":"ref/prompt","name":"invented"}"""));
        await session.AskAsync(Complete("""{"type":"ref/resource","uri":"note://1"}"""));

        await host.CountedAsync(Tally.Success("completion", "_unknown", times: 2));
    }

    [Fact]
    public async Task Exception_of_a_completion_is_a_server_error_once()
    {
        await using var host = new MonitoredHost();
        Session session = host.Start(options =>
        {
            options.PromptCollection = [Prompt("greet", () => "Hello")];
            options.Handlers.CompleteHandler = (_, _) => throw new InvalidOperationException("completion");
        });

        await session.AskAsync(Complete("""{"type":"ref/prompt","name":"greet"}"""));

        await host.CountedAsync(Tally.ServerError("completion", "greet", "internal"));
    }

    private static string Complete(string reference) =>
        Rpc.Request("completion/complete", $$$"""{"ref":{{{reference}}},"argument":{"name":"a","value":"b"}}""");

    private static Session Start(MonitoredHost host) => host.Start(options =>
    {
        options.ResourceCollection =
        [
            Resource("note://{id}", (string id) => $"Note {id}"), Resource("motd://today", () => "Hello"),
            Resource("broken://{id}", string (string id) => throw new InvalidOperationException(id)),
        ];
        options.PromptCollection = [Prompt("greet", () => "Hello"), Prompt("broken", string () => throw new InvalidOperationException("prompt"))];
        options.Handlers.CompleteHandler = (_, _) => ValueTask.FromResult(new CompleteResult());
    });
}
