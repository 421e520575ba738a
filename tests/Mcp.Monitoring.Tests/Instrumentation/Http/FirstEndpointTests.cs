using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Instrumentation.Http;

public class FirstEndpointTests
{
    [Fact]
    public async Task Endpoint_that_was_known_before_monitoring_is_the_route()
    {
        Endpoint? seen = null;
        Endpoint known = EndpointOf("/known");
        await using WebApp app = await WebApp.StartAsync(
            app => app.Run(http =>
            {
                seen = http.GetEndpoint();
                return http.Response.WriteAsync("ok");
            }),
            Outside((http, next) =>
            {
                http.SetEndpoint(known);
                return next(http);
            }));

        await app.SendAsync("/a");

        Assert.Same(known, seen);
        app.HasCounted("http GET /known 200 unary 1");
    }

    [Fact]
    public async Task Endpoint_that_is_set_afterwards_runs_and_takes_no_route()
    {
        bool hasRun = false;
        Endpoint other = EndpointOf("/other", http =>
        {
            hasRun = true;
            return http.Response.WriteAsync("ok");
        });
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.UseRouting();
            app.Use((http, next) =>
            {
                http.SetEndpoint(other);
                return next(http);
            });
            app.UseEndpoints(_ => { });
            app.MapGet("/a", () => "first");
        });

        await app.SendAsync("/a");

        Assert.True(hasRun);
        app.HasCounted("http GET /a 200 unary 1");
    }

    [Fact]
    public async Task Endpoint_outside_is_as_it_was_left_inside()
    {
        Endpoint? after = null;
        await using WebApp app = await WebApp.StartAsync(
            app => app.MapGet("/a", () => "ok"),
            Outside(async (http, next) =>
            {
                await next(http);
                after = http.GetEndpoint();
                http.SetEndpoint(null);
            }));

        await app.SendAsync("/a");

        Assert.Equal("/a", Assert.IsType<RouteEndpoint>(after).RoutePattern.RawText);
        app.HasCounted("http GET /a 200 unary 1");
    }

    [Theory]
    [InlineData("/a", "/a")]
    [InlineData("/early", "_unmatched")]
    public async Task Exception_that_a_page_answers_with_200_is_an_error_of_the_first_route(string path, string route)
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.UseExceptionHandler("/sorry");
            app.Use((http, next) => http.Request.Path == "/early" ? throw new TimeoutException() : next(http));
            app.UseRouting();
            app.MapGet("/sorry", (HttpContext http) =>
            {
                http.Response.StatusCode = StatusCodes.Status200OK;
                return "sorry";
            });
            app.MapGet("/a", string () => throw new TimeoutException());
        });

        HttpContext? answer = await app.SendAsync(path);

        Assert.Equal(200, answer!.Response.StatusCode);
        app.HasCounted($"http GET {route} 200 unary 1", $"error http {route} server_error timeout 1");
    }

    [Fact]
    public async Task Endpoint_that_keeps_its_endpoint_elsewhere_is_counted_as_ever()
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", http =>
        {
            http.Features.Set<IEndpointFeature>(new Elsewhere());
            http.SetEndpoint(EndpointOf("/other"));
            return http.Response.WriteAsync("ok");
        }));

        await app.SendAsync("/a");

        app.HasCounted("http GET /a 200 unary 1");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Endpoint_that_keeps_no_endpoint_at_all_is_counted_as_ever(bool throws)
    {
        await using WebApp app = await WebApp.StartAsync(app => app.MapGet("/a", http =>
        {
            http.Features.Set<IEndpointFeature>(null);
            return throws ? throw new TimeoutException() : http.Response.WriteAsync("ok");
        }));

        await app.SendAsync("/a");

        string[] errors = throws ? ["error http /a server_error timeout 1"] : [];
        app.HasCounted([$"http GET /a {(throws ? 500 : 200)} unary 1", .. errors]);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task Exception_after_the_endpoint_went_elsewhere_is_counted_by_what_it_means(int status)
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.UseExceptionHandler(pages => pages.Run(http =>
            {
                http.Response.StatusCode = status;
                return http.Response.WriteAsync("sorry");
            }));
            app.MapGet("/a", http =>
            {
                http.Features.Set<IEndpointFeature>(new Elsewhere());
                throw new TimeoutException();
            });
        });

        await app.SendAsync("/a");

        app.HasCounted($"http GET /a {status} unary 1", "error http /a server_error timeout 1");
    }

    [Fact]
    public async Task Endpoint_that_went_elsewhere_before_routing_is_the_route_all_the_same()
    {
        await using WebApp app = await WebApp.StartAsync(app =>
        {
            app.Use((http, next) =>
            {
                http.Features.Set<IEndpointFeature>(new Elsewhere());
                return next(http);
            });
            app.UseRouting();
            app.MapGet("/a", () => "ok");
        });

        await app.SendAsync("/a");

        app.HasCounted("http GET /a 200 unary 1");
    }

    private static RouteEndpoint EndpointOf(string pattern, RequestDelegate? answer = null) =>
        new(answer ?? (_ => Task.CompletedTask), RoutePatternFactory.Parse(pattern), order: 0, EndpointMetadataCollection.Empty, displayName: null);

    // Monitoring stands first among the filters that it finds, so what stands outside of it comes later.
    private static Action<IServiceCollection> Outside(Func<HttpContext, RequestDelegate, Task> middleware) => services =>
    {
        services.AddMcpMonitoring();
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new Around(middleware)));
    };

    private sealed class Around(Func<HttpContext, RequestDelegate, Task> middleware) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(middleware);
            next(app);
        };
    }

    private sealed class Elsewhere : IEndpointFeature
    {
        public Endpoint? Endpoint { get; set; }
    }
}
