using System.IO.Compression;
using System.Threading.RateLimiting;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Hosting;

/// <summary>What a host puts around all of its endpoints, and what of it reaches those of monitoring.</summary>
public class HostWideMiddlewareTests
{
    private const string Limited = "limited", Own = "/own", TimedOut = "X-Timed";

    private static readonly string[] Paths = ["/metrics", "/health", "/health/ready", "/health/live"];

    public static TheoryData<string> Endpoints => [.. Paths];

    public static MatrixTheoryData<string, string> EndpointsAndWaysToLimit => new(Paths, ["global", "group"]);

    public static MatrixTheoryData<string, string> EndpointsAndWaysToCache => new(Paths, ["base", "group", "response"]);

    public static MatrixTheoryData<string, string> EndpointsAndWaysToTime => new(Paths, ["default", "group"]);

    public static MatrixTheoryData<string, string> EndpointsAndEncodings => new(Paths, ["br", "gzip;q=0, br", "deflate, br;q=0.1"]);

    [Theory]
    [MemberData(nameof(EndpointsAndWaysToCache))]
    public async Task No_answer_comes_out_of_a_cache(string path, string way)
    {
        await using App app = await StartAsync(map: app => Map(app, way == "group" ? group => group.CacheOutput() : null), caches: way);

        using HttpResponseMessage first = await AskAsync(app, path);
        using HttpResponseMessage second = await AskAsync(app, path);

        Assert.Null(second.Headers.Age);
        Assert.Equal("no-store", second.Headers.CacheControl?.ToString());
        Assert.NotNull(await CachedAsync(app));
    }

    [Theory]
    [MemberData(nameof(EndpointsAndWaysToLimit))]
    public async Task No_limit_of_the_host_counts_scrapes_and_probes(string path, string way)
    {
        await using App app = await StartAsync(
            map: app => Map(app, way == "group" ? group => group.RequireRateLimiting(Limited) : null), limitsAll: way == "global");

        Assert.Equal("200 200 200", await StatusesAsync(app, path, 3));
        Assert.Equal("200 429", await StatusesAsync(app, Own, 2));
    }

    [Theory]
    [MemberData(nameof(EndpointsAndWaysToTime))]
    public async Task No_time_limit_of_the_host_cuts_a_scrape_or_probe_off(string path, string way)
    {
        await using App app = await StartAsync(
            map: app => Map(app, way == "group" ? group => group.WithRequestTimeout(TimeSpan.FromHours(1)) : null), timesAll: way == "default");

        Assert.False(await IsTimedAsync(app, path));
        Assert.True(await IsTimedAsync(app, Own));
    }

    [Theory]
    [MemberData(nameof(EndpointsAndEncodings))]
    public async Task Compression_of_the_host_leaves_answers_as_they_are(string path, string accepted)
    {
        await using App app = await StartAsync();

        using HttpResponseMessage response = await AskAsync(app, path, accepted);
        using HttpResponseMessage own = await AskAsync(app, Own, accepted);

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.NotNull(response.Content.Headers.ContentLength);
        Assert.True((await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))[0] is '#' or '{');
        Assert.Equal("br", own.Content.Headers.ContentEncoding.Single());
    }

    [Fact]
    public async Task Gzip_that_was_asked_for_is_that_of_the_scrape_and_applied_once()
    {
        await using App app = await StartAsync();

        using HttpResponseMessage response = await AskAsync(app, "/metrics", "gzip, br");

        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        await using var gzip = new GZipStream(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        Assert.StartsWith("# HELP", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("re-execute")]
    [InlineData("redirect")]
    [InlineData("text")]
    public async Task Page_for_status_codes_does_not_stand_in_for_a_refusal(string way)
    {
        await using App app = await StartAsync(
            map: app =>
            {
                _ = way switch
                {
                    "re-execute" => app.UseStatusCodePagesWithReExecute(Own),
                    "redirect" => app.UseStatusCodePagesWithRedirects(Own),
                    _ => app.UseStatusCodePages(),
                };
                app.UseAuthorization();
                Map(app, conventions: endpoints => endpoints.RequireAuthorization());
            });

        foreach (string path in Paths)
        {
            Assert.Equal((401, ""), await app.GetAsync(path));
        }
    }

    [Fact]
    public async Task Language_of_the_reader_changes_no_number()
    {
        await using App app = await StartAsync(map: app =>
        {
            app.UseRequestLocalization("de-DE", "ar-SA", "sv-SE");
            Map(app);
        });
        foreach (string language in (string[])["de-DE", "ar-SA", "sv-SE"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            request.Headers.AcceptLanguage.ParseAdd(language);
            using HttpResponseMessage response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.NotEmpty(ExpositionParser.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), ExpositionFormat.Text));
        }
    }

    [Fact]
    public async Task Health_that_changes_is_told_at_once()
    {
        bool isWell = true;
        await using App app = await StartAsync(
            services: services => services.AddHealthChecks().AddCheck("db", () => isWell
                ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Healthy()
                : Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy()),
            caches: "base");
        Assert.Equal(200, (await app.GetAsync("/health/ready")).Status);

        isWell = false;

        Assert.Equal(503, (await app.GetAsync("/health/ready")).Status);
        Assert.Equal(503, (await app.GetAsync("/health")).Status);
    }

    // Who may see what is the host's decision; a library that opened its endpoints would take it away.
    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Fallback_policy_of_the_host_guards_the_endpoints_too(string path)
    {
        await using App app = await StartAsync(services: Guarded, map: app =>
        {
            app.UseAuthorization();
            Map(app);
        });

        Assert.Equal(401, (await app.GetAsync(path)).Status);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Host_opens_the_endpoints_to_all_by_a_convention(string path)
    {
        await using App app = await StartAsync(services: Guarded, map: app =>
        {
            app.UseAuthorization();
            Map(app, conventions: endpoints => endpoints.AllowAnonymous());
        });

        Assert.Equal(200, (await app.GetAsync(path)).Status);
        Assert.Equal(401, (await app.GetAsync(Own)).Status);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Host_that_asks_for_a_cache_has_it(string path)
    {
        await using App app = await StartAsync(map: app => Map(app, conventions: endpoints => endpoints.CacheOutput()));

        Assert.NotNull(await CachedAsync(app, path));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Host_that_asks_for_a_cache_by_attribute_has_it(string path)
    {
        await using App app = await StartAsync(map: app => Map(app, conventions: endpoints => endpoints.WithMetadata(new OutputCacheAttribute { Duration = 60 })));

        Assert.NotNull(await CachedAsync(app, path));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Host_that_asks_for_a_limit_has_it(string path)
    {
        await using App app = await StartAsync(map: app => Map(app, conventions: endpoints => endpoints.RequireRateLimiting(Limited)));

        Assert.Equal("200 429", await StatusesAsync(app, path, 2));
    }

    [Theory]
    [InlineData("span")]
    [InlineData("name")]
    [InlineData("policy")]
    public async Task Host_that_asks_for_a_time_limit_has_it(string way)
    {
        await using App app = await StartAsync(map: app => Map(app, conventions: endpoints => _ = way switch
        {
            "span" => endpoints.WithRequestTimeout(TimeSpan.FromHours(1)),
            "name" => endpoints.WithRequestTimeout(Limited),
            _ => endpoints.WithRequestTimeout(new RequestTimeoutPolicy { Timeout = TimeSpan.FromHours(1) }),
        }));

        foreach (string path in Paths)
        {
            Assert.True(await IsTimedAsync(app, path), path);
        }
    }

    [Fact]
    public async Task Last_word_of_the_host_counts()
    {
        await using App app = await StartAsync(
            map: app => Map(app, conventions: endpoints => endpoints.RequireRateLimiting(Limited).DisableRateLimiting()), limitsAll: true);

        Assert.Equal("200 200 200", await StatusesAsync(app, "/health", 3));
    }

    private static void Map(WebApplication app, Action<IEndpointConventionBuilder>? group = null, Action<McpMonitoringEndpoints>? conventions = null)
    {
        RouteGroupBuilder all = app.MapGroup("");
        group?.Invoke(all);
        McpMonitoringEndpoints endpoints = all.MapMcpMonitoring();
        conventions?.Invoke(endpoints);
        all.MapGet(Own, () => Results.Text(new string('a', 1000)));
    }

    private static void Guarded(IServiceCollection services) =>
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

    private static Task<App> StartAsync(
        Action<WebApplication>? map = null, Action<IServiceCollection>? services = null, string? caches = null, bool limitsAll = false, bool timesAll = false) => App.StartAsync(
        services: all =>
        {
            Nobody.AddTo(all);
            all.AddResponseCaching();
            all.AddOutputCache(cache =>
            {
                if (caches == "base")
                {
                    cache.AddBasePolicy(policy => policy.Expire(TimeSpan.FromDays(1)));
                }
            });
            all.AddRateLimiter(limits =>
            {
                limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limits.AddFixedWindowLimiter(Limited, options => Once(options));
                limits.GlobalLimiter = limitsAll ? PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetFixedWindowLimiter("all", _ => Once(new()))) : null;
            });
            all.AddRequestTimeouts(timeouts =>
            {
                timeouts.DefaultPolicy = timesAll ? new RequestTimeoutPolicy { Timeout = TimeSpan.FromHours(1) } : null;
                timeouts.AddPolicy(Limited, TimeSpan.FromHours(1));
            });
            all.AddResponseCompression();
            services?.Invoke(all);
        },
        map: app =>
        {
            app.UseResponseCompression();
            app.UseRateLimiter();
            app.UseRequestTimeouts();
            app.UseOutputCache();
            if (caches == "response")
            {
                app.UseResponseCaching();
            }

            app.Use((http, next) =>
            {
                http.Response.Headers[TimedOut] = http.Features.Get<IHttpRequestTimeoutFeature>() is null ? "no" : "yes";
                if (caches == "response" && http.Request.Path == Own)
                {
                    http.Response.Headers.CacheControl = "public, max-age=600";
                }

                return next(http);
            });
            (map ?? (app => Map(app)))(app);
        });

    private static FixedWindowRateLimiterOptions Once(FixedWindowRateLimiterOptions options)
    {
        options.PermitLimit = 1;
        options.Window = TimeSpan.FromDays(1);
        options.AutoReplenishment = false;
        return options;
    }

    private static async Task<HttpResponseMessage> AskAsync(App app, string path, string? accepted = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accepted is not null)
        {
            request.Headers.AcceptEncoding.ParseAdd(accepted);
        }

        return await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> StatusesAsync(App app, string path, int count)
    {
        var statuses = new int[count];
        for (int i = 0; i < count; i++)
        {
            statuses[i] = (await app.GetAsync(path)).Status;
        }

        return string.Join(' ', statuses);
    }

    private static async Task<TimeSpan?> CachedAsync(App app, string path = Own)
    {
        using HttpResponseMessage first = await AskAsync(app, path);
        using HttpResponseMessage second = await AskAsync(app, path);
        return second.Headers.Age;
    }

    private static async Task<bool> IsTimedAsync(App app, string path)
    {
        using HttpResponseMessage response = await AskAsync(app, path);
        return response.Headers.GetValues(TimedOut).Single() == "yes";
    }
}
