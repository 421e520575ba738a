using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Mcp.Monitoring.Tests.Hosting;

/// <summary>An application that calls <c>MapMcpMonitoring()</c> more than once: in Program.cs and in a helper, for a group and for all, in branches.</summary>
public class RepeatedMappingTests
{
    private static readonly Dictionary<string, (Action<WebApplication> Map, string[] Prefixes)> Ways = new(StringComparer.Ordinal)
    {
        ["twice on the application"] = (app => { app.MapMcpMonitoring(); app.MapMcpMonitoring(); }, [""]),
        ["on the application and as its endpoints"] = (app => { app.MapMcpMonitoring(); MapAsEndpoints(app); }, [""]),
        ["on the application and a group"] = (app => { app.MapMcpMonitoring(); app.MapGroup("/a").MapMcpMonitoring(); }, ["", "/a"]),
        ["on two groups"] = (app => { app.MapGroup("/a").MapMcpMonitoring(); app.MapGroup("/b").MapMcpMonitoring(); }, ["/a", "/b"]),
        ["on two groups of one prefix"] = (app => { app.MapGroup("/a").MapMcpMonitoring(); app.MapGroup("/a").MapMcpMonitoring(); }, ["/a"]),
        ["twice on one group"] = (app => { RouteGroupBuilder group = app.MapGroup("/a"); group.MapMcpMonitoring(); group.MapMcpMonitoring(); }, ["/a"]),
        ["on the application and a group without a prefix"] = (app => { app.MapMcpMonitoring(); app.MapGroup("").MapMcpMonitoring(); }, [""]),
        ["on groups within groups"] = (app => { app.MapGroup("/a/b").MapMcpMonitoring(); app.MapGroup("/a").MapGroup("/b").MapMcpMonitoring(); }, ["/a/b"]),
        ["on a group with another case"] = (app => { app.MapGroup("/A").MapMcpMonitoring(); app.MapGroup("/a").MapMcpMonitoring(); }, ["/a", "/A"]),
        ["on two branches"] = (app => { Branch(app, "/x"); Branch(app, "/y"); }, ["/x", "/y"]),
        ["on a branch and the application"] = (app => { Branch(app, "/x"); app.UseRouting(); app.MapMcpMonitoring(); }, ["", "/x"]),
        ["five times"] = (app => { for (int i = 0; i < 5; i++) { app.MapGroup("/a").MapMcpMonitoring(); } }, ["/a"]),
    };

    public static MatrixTheoryData<string, string> AllWays => new(Ways.Keys, ["/metrics", "/health", "/health/ready", "/health/live"]);

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task Each_endpoint_answers_wherever_it_was_mapped(string way, string path)
    {
        await using App app = await App.StartAsync(map: Ways[way].Map);

        foreach (string prefix in Ways[way].Prefixes)
        {
            Assert.Equal(200, (await app.GetAsync(prefix + path)).Status);
        }

        Assert.Empty(app.Logs.Of("EndpointShadowed"));
    }

    [Fact]
    public async Task Calls_on_one_builder_return_the_same_endpoints()
    {
        var mapped = new List<McpMonitoringEndpoints>();
        await using App app = await App.StartAsync(map: app =>
        {
            mapped.Add(app.MapMcpMonitoring());
            mapped.Add(app.MapMcpMonitoring());
        });

        Assert.Same(mapped[0], mapped[1]);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Authorization_that_one_of_the_calls_asks_for_holds(bool isFirst, bool isOneBuilder)
    {
        await using App app = await App.StartAsync(services: Nobody.AddTo, map: app =>
        {
            McpMonitoringEndpoints first = app.MapMcpMonitoring();
            McpMonitoringEndpoints second = isOneBuilder ? app.MapMcpMonitoring() : app.MapGroup("/").MapMcpMonitoring();
            (isFirst ? first : second).RequireAuthorization();
        });

        Assert.Equal(401, (await app.GetAsync("/metrics")).Status);
        Assert.Equal(401, (await app.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Own_health_of_the_host_wins_over_all_of_them()
    {
        await using App app = await App.StartAsync(map: app =>
        {
            app.MapMcpMonitoring();
            app.MapGroup("").MapMcpMonitoring();
            app.MapGet("/health", () => "own");
        });

        Assert.Equal((200, "own"), await app.GetAsync("/health"));
    }

    [Fact]
    public async Task Two_hosts_map_for_themselves()
    {
        await using App one = await App.StartAsync();
        await using App two = await App.StartAsync();

        Assert.Equal(200, (await one.GetAsync("/metrics")).Status);
        Assert.Equal(200, (await two.GetAsync("/metrics")).Status);
    }

    private static void Branch(WebApplication app, string path) => app.Map(path, MapAsEndpoints);

    private static void MapAsEndpoints(IApplicationBuilder app) => app.UseRouting().UseEndpoints(all => all.MapMcpMonitoring());
}
