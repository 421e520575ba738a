using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Mcp.Monitoring.OperationsTools.Tools;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tests.Instrumentation.Mcp;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Tests.OperationsTools;

/// <summary>The tools on a server of the host's choice: they are for whom the status page lets in, whoever may use that server.</summary>
public sealed class HostToolsTests
{
    private const string Token = "Bearer " + OperationsHost.Token, Closed = "is closed", NotOfPolicy = "policy of the status page does not let", NoToken = "Sign in: send status_page.token", Foreign = "another origin";

    private static readonly string[] Acting = [ToolNames.Acknowledge, ToolNames.Silence, ToolNames.Resolve];

    [Theory]
    [InlineData(true, Token)]
    [InlineData(true, null, NoToken)]
    [InlineData(true, "Bearer another-token-than-it-is", "not the token")]
    [InlineData(null, Token, Closed)]
    [InlineData(false, Token, Closed)]
    public async Task Token_of_the_page_opens_them_as_it_opens_the_page(bool? enabled, string? authorization, string? refusal = null)
    {
        await using var host = await StartAsync(hasPolicy: false, enabled);

        await AssertAnswerAsync(host, authorization, origin: null, refusal);
        Assert.Equal(refusal is null ? ["resolve 17 an agent (MCP)"] : [], host.Alerts.Asked);
    }

    [Theory]
    [InlineData(true, Somebody.Operator, null)]
    [InlineData(true, Somebody.Operator, "https://evil.example", Foreign)]
    [InlineData(true, "anna", null, NotOfPolicy)]
    [InlineData(true, Token, null, NotOfPolicy)]
    [InlineData(true, null, null, NotOfPolicy)]
    [InlineData(null, Somebody.Operator, null, Closed)]
    [InlineData(false, Somebody.Operator, null, Closed)]
    public async Task Policy_of_the_page_opens_them_as_it_opens_the_page(bool? enabled, string? authorization, string? origin, string? refusal = null)
    {
        await using var host = await StartAsync(hasPolicy: true, enabled);

        await AssertAnswerAsync(host, authorization, origin, refusal);
        Assert.Equal(refusal is null ? [$"resolve 17 {Somebody.Operator} (MCP)"] : [], host.Alerts.Asked);
    }

    [Fact]
    public async Task Users_own_token_is_no_try_of_that_of_the_page()
    {
        await using var host = await StartAsync(hasPolicy: false, enabled: true, services: Somebody.AddTo);
        for (int call = 0; call < 6; call++)
        {
            Assert.Contains(NoToken, await ErrorAsync(host, "get_status", "Bearer the-token-of-a-user-of-this-server", origin: null), StringComparison.Ordinal);
        }

        Assert.Null(await ErrorAsync(host, "get_status", Token, origin: null));
    }

    [Theory]
    [InlineData(null, NotOfPolicy)]
    [InlineData("root", null)]
    public async Task Policy_of_the_page_knows_its_users_by_its_own_scheme(string? admin, string? refusal)
    {
        await using var host = await StartAsync(hasPolicy: true, enabled: true, services: static services =>
        {
            services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, Admins>(nameof(Admins), configureOptions: null);
            services.AddAuthorizationBuilder().AddPolicy(Somebody.Policy, policy => policy.AddAuthenticationSchemes(nameof(Admins)).RequireAuthenticatedUser());
        });
        host.Http.DefaultRequestHeaders.Add(Admins.Header, admin ?? "");

        await AssertAnswerAsync(host, Somebody.Operator, origin: null, refusal);
        Assert.Equal(refusal is null ? ["resolve 17 root (MCP)"] : [], host.Alerts.Asked);
    }

    [Fact]
    public async Task Nobody_acts_where_the_page_is_read_only()
    {
        await using var host = await StartAsync(hasPolicy: true, enabled: true, isReadOnly: true);

        Assert.Null(await ErrorAsync(host, "get_status", Somebody.Operator, origin: null));
        Assert.Contains("not act", await ErrorAsync(host, "resolve_incident", Somebody.Operator, origin: null), StringComparison.Ordinal);
        Assert.Empty(host.Alerts.Asked);
    }

    [Fact]
    public async Task They_stand_beside_the_tools_of_the_server_and_are_in_none_of_its_numbers()
    {
        await using var host = await StartAsync(hasPolicy: false, enabled: true);

        Assert.Null(await ErrorAsync(host, "get_status", Token, origin: null));
        using HttpResponseMessage listed = await host.PostAsync(Rpc.Request("tools/list"), "/mcp", token: null);

        string tools = await listed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"own_tool\"", tools, StringComparison.Ordinal);
        Assert.Contains("\"monitoring_get_status\"", tools, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Counted(), line => line.Contains("monitoring_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_that_cannot_tell_callers_apart_is_told_what_to_add()
    {
        await using var host = await OperationsHost.StartAsync(hasAccessor: false);

        Assert.Contains("AddHttpContextAccessor()", Assert.Throws<InvalidOperationException>(() => new McpServerOptions().AddMonitoringTools(host.Services)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_stdio_tools_only_read()
    {
        var services = new ServiceCollection();
        services.AddMcpMonitoring(static options => options.Alerts.Storage.Path = ":memory:");
        await using ServiceProvider provider = services.BuildServiceProvider();

        string[] tools = [.. new McpServerOptions().AddMonitoringTools(provider).ToolCollection!.PrimitiveNames];

        Assert.Equal(ToolTests.Calls.Count - Acting.Length, tools.Length);
        Assert.Empty(tools.Intersect(Acting, StringComparer.Ordinal));
    }

    private static Task<OperationsHost> StartAsync(bool hasPolicy, bool? enabled, bool isReadOnly = false, Action<IServiceCollection>? services = null) => OperationsHost.StartAsync(
        configure: options =>
        {
            options.OperationsTools.Enabled = false;
            options.StatusPage.Enabled = enabled;
            options.StatusPage.ReadOnly = isReadOnly;
        },
        server: static (options, services) => options.AddMonitoringTools(services, "monitoring_"),
        hasPolicy: hasPolicy,
        services: services);

    private static async Task AssertAnswerAsync(OperationsHost host, string? authorization, string? origin, string? refusal)
    {
        foreach (string tool in (string[])["get_status", "resolve_incident"])
        {
            string? error = await ErrorAsync(host, tool, authorization, origin);
            if (refusal is null)
            {
                Assert.Null(error);
            }
            else
            {
                Assert.Contains(refusal, error, StringComparison.Ordinal);
            }
        }
    }

    // What the tool refuses with; null where it answers.
    private static async Task<string?> ErrorAsync(OperationsHost host, string tool, string? authorization, string? origin)
    {
        string arguments = tool == "resolve_incident" ? """{"number":17}""" : "{}";
        using HttpResponseMessage answer = await host.PostAsync(Rpc.Call("monitoring_" + tool, arguments), "/mcp", token: null, headers =>
        {
            headers.TryAddWithoutValidation("Authorization", authorization);
            if (origin is not null)
            {
                headers.Add("Origin", origin);
            }
        });
        string said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonNode result = JsonNode.Parse(said[said.IndexOf('{', StringComparison.Ordinal)..])!["result"]!;
        return (bool?)result["isError"] == true ? (string?)result["content"]![0]!["text"] : null;
    }

    /// <summary>A way to sign in that is not the application's usual one.</summary>
    private sealed class Admins(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Header = "X-Admin";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers[Header].ToString() is { Length: > 0 } name
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], nameof(Admins))), nameof(Admins)))
                : AuthenticateResult.NoResult());
    }
}
