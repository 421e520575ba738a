using Mcp.Monitoring.StatusPage.Access;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.StatusPage.Access;

/// <summary>A page that is enabled and that nobody guards stops the host before it listens.</summary>
public sealed class StatusPageStartTests
{
    private const string Remedy = "and nothing says who may see the page. Set status_page.token, or write app.MapMcpMonitoring().StatusPage.RequireAuthorization(\"ops\").";

    private static readonly Dictionary<string, Action<WebApplication>> Mappings = new(StringComparer.Ordinal)
    {
        ["nothing"] = _ => { },
        ["page"] = app => Map(app),
        ["policy"] = app => Map(app).RequireAuthorization(Somebody.Policy),
        ["group"] = app => Map(app.MapGroup("/ops").RequireAuthorization(Somebody.Policy)),
        ["anybody"] = app => Map(app).RequireAuthorization(Somebody.Policy).AllowAnonymous(),
        ["policy elsewhere"] = app => { Map(app); app.MapGet("/other", () => "").RequireAuthorization(Somebody.Policy); },
#pragma warning disable ASP0014 // Hosts of older versions write it so.
        ["routing before"] = app => { app.UseRouting(); app.UseAuthorization(); app.UseEndpoints(endpoints => Map(endpoints).RequireAuthorization(Somebody.Policy)); },
        ["routing before, no policy"] = app => { app.UseRouting(); app.UseEndpoints(endpoints => Map(endpoints)); },
#pragma warning restore ASP0014
    };

    [Theory]
    [InlineData("Production", true, null, "nothing", true)]
    [InlineData("Production", true, null, "page", false)]
    [InlineData("Production", true, null, "policy", true)]
    [InlineData("Production", true, null, "group", true)]
    [InlineData("Production", true, null, "anybody", false)]
    [InlineData("Production", true, null, "policy elsewhere", false)]
    [InlineData("Production", true, null, "routing before", true)]
    [InlineData("Production", true, null, "routing before, no policy", false)]
    [InlineData("Production", true, Doorkeeper.Token, "page", true)]
    [InlineData("Production", null, null, "page", true)]
    [InlineData("Production", false, null, "page", true)]
    [InlineData("Staging", true, null, "page", false)]
    [InlineData(null, true, null, "page", false)]
    [InlineData("Development", true, null, "page", true)]
    public async Task Host_starts(string? environment, bool? enabled, string? token, string mapping, bool starts)
    {
        using var logs = new RecordedLogs();
        var server = new SilentServer();
        await using WebApplication app = Build(environment, logs, server, options => (options.StatusPage.Enabled, options.StatusPage.Token) = (enabled, token));
        Mappings[mapping](app);

        if (starts)
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            Assert.Empty(logs.Of("StatusPageUnguarded"));
            await app.StopAsync(TestContext.Current.CancellationToken);
            return;
        }

        OptionsValidationException fault = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal($"McpMonitoring:StatusPage:Enabled is true, {Remedy}", Assert.Single(fault.Failures));
        LogEntry line = Assert.Single(logs.Of("StatusPageUnguarded"));
        Assert.Equal((LogLevel.Critical, fault.Failures.Single()), (line.Level, line.Message));
        Assert.False(server.HasStarted);
    }

    [Fact]
    public async Task Fault_names_the_variable_that_has_enabled_the_page()
    {
        using var logs = new RecordedLogs();
        await using WebApplication app = Build("Production", logs, new SilentServer(), _ => { }, ("MCP_STATUS_PAGE_ENABLED", "true"));
        Map(app);

        OptionsValidationException fault = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal($"MCP_STATUS_PAGE_ENABLED is true, {Remedy}", Assert.Single(fault.Failures));
    }

    [Fact]
    public async Task Where_faults_stop_no_start_the_page_stays_closed_and_the_settings_are_not_valid()
    {
        using var logs = new RecordedLogs();
        await using WebApplication app = Build("Production", logs, new SilentServer(), options => options.StatusPage.Enabled = true, ("MCP_MONITORING_ON_INVALID", "disable"));
        Map(app);

        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Single(logs.Of("StatusPageUnguarded"));
        Assert.False(app.Services.GetRequiredService<SettingsSource>().IsValid);
        Assert.Equal(PageAnswer.Closed, app.Services.GetRequiredService<PageAccess>().Judge(Doorkeeper.LocalRequest()).Answer);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    private static RouteHandlerBuilder Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/monitoring/", () => "page").WithMetadata(StatusPageEndpoint.Instance);

    private static WebApplication Build(string? environment, RecordedLogs logs, SilentServer server, Action<McpMonitoringOptions> configure, params (string Name, string Value)[] variables)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Services.AddSingleton<IServer>(server);
        builder.Logging.AddProvider(logs);
        builder.Services.AddRouting();
        Somebody.AddTo(builder.Services);
        builder.Services.AddMcpMonitoring(configure);
        ((SettingsSources)builder.Services.Single(service => service.ServiceType == typeof(SettingsSources)).ImplementationInstance!).Variable =
            name => variables.FirstOrDefault(variable => variable.Name == name).Value;
        return builder.Build();
    }

    private sealed class SilentServer : IServer
    {
        public bool HasStarted { get; private set; }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull
        {
            HasStarted = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
