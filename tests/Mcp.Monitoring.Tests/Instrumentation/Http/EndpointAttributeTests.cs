using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

public class EndpointAttributeTests
{
    [Theory]
    [InlineData("/minimal/named")]
    [InlineData("/minimal/metadata")]
    [InlineData("/controlled/named")]
    public async Task Request_attribute_names_route_and_error(string path)
    {
        await using WebApp app = await StartAsync();

        await app.SendAsync(path);

        app.HasCounted("http GET rpc 500 unary 1", "error http rpc server_error internal 1");
    }

    [Theory]
    [InlineData("/minimal/ignored")]
    [InlineData("/minimal/left-out")]
    [InlineData("/controlled/ignored")]
    public async Task Ignored_endpoint_is_left_out_and_keeps_its_id(string path)
    {
        await using WebApp app = await StartAsync();

        HttpContext? answer = await app.SendAsync(path, shape: request => request.Headers[WebApp.Header] = "ticket-7");

        Assert.Equal("ticket-7", answer!.Response.Headers[WebApp.Header]);
        app.HasCounted();
    }

    [Theory]
    [InlineData(200, "success", null)]
    [InlineData(302, "success", null)]
    [InlineData(400, "client_error", "client_error validation")]
    [InlineData(403, "client_error", "client_error auth")]
    [InlineData(401, "input_required", null)]
    [InlineData(499, "cancelled", null)]
    [InlineData(500, "server_error", "server_error internal")]
    [InlineData(503, "server_error", "server_error internal")]
    [InlineData(504, "server_error", "server_error timeout")]
    public async Task Request_is_the_operation_that_its_attribute_names(int status, string outcome, string? error)
    {
        foreach (string path in (string[])["/minimal/tool", "/minimal/tool-metadata", "/controlled/tool"])
        {
            await using WebApp app = await StartAsync();

            await app.SendAsync($"{path}/{status}");

            string[] errors = error is null ? [] : [$"error tools get_weather {error} 1"];
            app.HasCounted([$"http GET {path}/{{status}} {status} unary 1", $"ended tools get_weather {outcome} 1", .. errors]);
        }
    }

    [Theory]
    [InlineData("/minimal/failing")]
    [InlineData("/controlled/failing")]
    public async Task Exception_counts_under_the_operation_once(string path)
    {
        await using WebApp app = await StartAsync();

        await app.SendAsync(path);

        app.HasCounted($"http GET {path} 500 unary 1", "ended tools get_weather server_error 1", "error tools get_weather server_error timeout 1");
    }

    [Theory]
    [InlineData("/minimal/handled")]
    [InlineData("/controlled/handled")]
    public async Task Exception_that_a_page_answers_counts_under_the_operation_once(string path)
    {
        await using WebApp app = await StartAsync(app => app.UseExceptionHandler(pages => pages.Run(http => http.Response.WriteAsync("sorry"))));

        await app.SendAsync(path.Replace("handled", "failing", StringComparison.Ordinal));

        app.HasCounted(
            $"http GET {path.Replace("handled", "failing", StringComparison.Ordinal)} 500 unary 1",
            "ended tools get_weather server_error 1", "error tools get_weather server_error timeout 1");
    }

    [Fact]
    public async Task Scope_inside_is_nested_in_the_operation()
    {
        await using WebApp app = await StartAsync();

        await app.SendAsync("/minimal/nesting");

        app.HasCounted(
            "http GET /minimal/nesting 500 unary 1", "ended tools get_weather server_error 1", "ended function query server_error 1",
            "error tools get_weather server_error integration 1");
    }

    [Fact]
    public async Task Without_a_type_it_is_a_function_named_by_the_route()
    {
        await using WebApp app = await StartAsync();

        await app.SendAsync("/minimal/owned/7");

        app.HasCounted("http GET /minimal/owned/{id} 200 unary 1", "ended function /minimal/owned/{id} success 1");
        Assert.Contains(
            app.Scrape().SelectMany(family => family.Samples),
            sample => sample.Name == "mcp_operation_info" && sample.Label("operation") == "/minimal/owned/{id}" && sample.Label("owner") == "weather-team");
    }

    [Fact]
    public async Task Unknown_type_is_a_function_with_a_warning()
    {
        await using WebApp app = await StartAsync();

        await app.SendAsync("/minimal/odd");

        app.HasCounted("http GET /minimal/odd 200 unary 1", "ended function odd success 1");
        Assert.Single(app.Log.Lines, line => line.Line.Contains("nonsense", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/controlled/merged")]
    [InlineData("/minimal/merged")]
    public async Task Class_and_method_merge(string path)
    {
        await using WebApp app = await StartAsync();

        await app.SendAsync(path);

        app.HasCounted($"http GET {path} 200 unary 1", "ended tools merged success 1");
        Assert.Contains(
            app.Scrape().SelectMany(family => family.Samples),
            sample => sample.Name == "mcp_operation_info" && sample.Label("operation") == "merged" && sample.Label("owner") == "class-team");
    }

    [Fact]
    public async Task Caller_who_hangs_up_has_cancelled_the_operation()
    {
        using var aborted = new CancellationTokenSource();
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/slow", async http =>
        {
            await aborted.CancelAsync();
            await WebApp.UntilHungUpAsync(http);
        }).WithMetadata(new MonitorMcpOperationAttribute("tools", "slow")));

        await app.HangUpAsync("/slow", aborted.Token);

        app.HasCounted("http GET /slow 499 unary 1", "ended tools slow cancelled 1");
    }

    private static Task<WebApp> StartAsync(Action<WebApplication>? first = null) => WebApp.StartAsync(
        app =>
        {
            first?.Invoke(app);
            app.UseRouting();
            app.MapControllers();
            app.MapGet("/minimal/named", [MonitorHttpRequest("rpc")] () => Results.StatusCode(500));
            app.MapGet("/minimal/metadata", () => Results.StatusCode(500)).WithMetadata(new MonitorHttpRequestAttribute("rpc"));
            app.MapGet("/minimal/ignored", [MonitorHttpRequest(Ignore = true)] () => Results.StatusCode(500));
            app.MapGet("/minimal/left-out", [MonitorMcpOperation("tools", "x", Ignore = true)] () => Results.StatusCode(500));
            app.MapGet("/minimal/tool/{status}", [MonitorMcpOperation("tools", "get_weather")] (int status) => Results.StatusCode(status));
            app.MapGet("/minimal/tool-metadata/{status}", (int status) => Results.StatusCode(status)).WithMetadata(new MonitorMcpOperationAttribute("tools", "get_weather"));
            app.MapGet("/minimal/failing", [MonitorMcpOperation("tools", "get_weather")] string () => throw new TimeoutException());
            app.MapGet("/minimal/nesting", [MonitorMcpOperation("tools", "get_weather")] async Task<string> (IMcpMonitor monitor) => await monitor.RunAsync<string>(
                OperationType.Function, "query", _ => throw new HttpRequestException("no"), CancellationToken.None));
            app.MapGet("/minimal/owned/{id}", [MonitorMcpOperation(Owner = "weather-team")] () => "ok");
            app.MapGet("/minimal/odd", [MonitorMcpOperation("nonsense", "odd")] () => "ok");
            app.MapGet("/minimal/merged", Handlers.Merged);
        },
        services =>
        {
            var parts = new ApplicationPartManager();
            parts.FeatureProviders.Add(new OnlyController());
            services.AddSingleton(parts);
            services.AddControllers();
        });

    [MonitorMcpOperation("tools", "of-the-class", Owner = "class-team")]
    private static class Handlers
    {
        [MonitorMcpOperation("tools", "merged")]
        public static string Merged() => "ok";
    }

    private sealed class OnlyController : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
        {
            feature.Controllers.Add(typeof(WeatherController).GetTypeInfo());
            feature.Controllers.Add(typeof(OwnedController).GetTypeInfo());
        }
    }
}
