using System.Globalization;
using System.Net;
using Mcp.Monitoring.Metrics;
using Mcp.Monitoring.Metrics.Exposition;
using Mcp.Monitoring.Metrics.Meters;
using Mcp.Monitoring.Tests.Metrics.Exposition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mcp.Monitoring.Tests.Metrics.Meters;

/// <summary>The meters of .NET itself: a server on Kestrel, a client that calls it, and the runtime. Alone, since every server of the process measures on them.</summary>
[Collection(nameof(RealMetersAgreementTests))]
public sealed class RealMetersAgreementTests
{
    private static readonly string[] OfHttp = [.. MeterNames.Defaults.Where(name => name != "System.Runtime")];

    [Fact]
    public async Task Server_and_client_agree()
    {
        using var sdk = new SdkReader(OfHttp);
        using var page = new BridgedPage(meters: "System.Net.Http");
        await using WebApplication app = await StartAsync();
        string port = new Uri(app.Urls.Single()).Port.ToString(CultureInfo.InvariantCulture);
        using (var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }))
        {
            foreach (string path in (string[])["/orders/1", "/orders/2", "/missing", "/fails", "/orders/3"])
            {
                using HttpResponseMessage response = await client.GetAsync(new Uri(app.Urls.Single() + path), TestContext.Current.CancellationToken);
            }
        }

        // What a server measures about a request it measures after the answer; when it has stopped, all is measured.
        await app.StopAsync(TestContext.Current.CancellationToken);
        SortedDictionary<string, double> expected = Only(sdk.Collect(), sample => IsOf(sample, port));
        SortedDictionary<string, double> ofServer = Only(Read(app.Services.GetRequiredService<MetricsPage>()), sample => IsOf(sample, port));
        SortedDictionary<string, double> ofClient = Only(Read(page.Host.Page), sample => IsOf(sample, port));

        AssertSame(Only(expected, sample => !IsOfClient(sample)), Only(ofServer, sample => !IsOfClient(sample)));
        AssertSame(Only(expected, IsOfClient), ofClient);
        AssertSame(Only(expected, IsOfClient), Only(ofServer, IsOfClient));
        Assert.Contains(expected.Keys, key => key.StartsWith("http_server_request_duration_seconds_count{", StringComparison.Ordinal) && key.Contains("http_route=/orders/{id}", StringComparison.Ordinal));
        Assert.Contains(expected.Keys, key => key.StartsWith("http_server_active_requests{", StringComparison.Ordinal));
        Assert.Contains(expected.Keys, key => key.StartsWith("http_client_request_duration_seconds_bucket{", StringComparison.Ordinal));
        Assert.Contains(expected.Keys, key => key.StartsWith("kestrel_connection_duration_seconds_sum{", StringComparison.Ordinal));
        Assert.Contains(expected.Keys, key => key.StartsWith("aspnetcore_routing_match_attempts_total{", StringComparison.Ordinal));
    }

    // The process goes on between two readings: what it counts meanwhile lies between what the other has read before and after, and a series that it begins with one is there then.
    [Fact]
    public void Runtime_agrees()
    {
        using var sdk = new SdkReader("System.Runtime");
        using var page = new BridgedPage(meters: "System.Runtime");
        Read(page.Host.Page);

        SortedDictionary<string, double> before = sdk.Collect();
        IReadOnlyList<ParsedFamily> families = page.Families();
        SortedDictionary<string, double> after = sdk.Collect();

        (ParsedFamily Family, string Series, double Value)[] samples =
        [
            .. families.SelectMany(family => family.Samples.Select(sample => (family, Series: SdkReader.Series(sample.Name, sample.Labels), sample.Value))),
        ];
        Assert.True(families.Count > 15);
        Assert.Subset(samples.Select(sample => sample.Series).ToHashSet(StringComparer.Ordinal), before.Keys.Where(IsAlwaysRead).ToHashSet(StringComparer.Ordinal));
        Assert.Subset(after.Keys.ToHashSet(StringComparer.Ordinal), samples.Select(sample => sample.Series).ToHashSet(StringComparer.Ordinal));
        foreach ((ParsedFamily family, string series, double value) in samples)
        {
            // A gauge may go up and down between the readings; a counter only up. Exceptions are counted since each began to listen.
            if (family.Kind == MetricKind.Counter && IsAlwaysRead(series) && !family.Name.StartsWith("dotnet_thread_pool", StringComparison.Ordinal))
            {
                Assert.InRange(value, before.GetValueOrDefault(series), after[series]);
            }
            else
            {
                Assert.InRange(value, 0, double.MaxValue);
            }
        }

        static bool IsAlwaysRead(string series) => !series.StartsWith("dotnet_exceptions_total", StringComparison.Ordinal);
    }

    [Fact]
    public void Exceptions_agree_to_each()
    {
        const int Thrown = 3;
        using var sdk = new SdkReader("System.Runtime");
        using var page = new BridgedPage(meters: "System.Runtime");

        for (int i = 0; i < Thrown; i++)
        {
            Assert.Throws<OwnException>(Throw);
        }

        string series = SdkReader.Series("dotnet_exceptions_total", [("error_type", nameof(OwnException))]);
        Assert.Equal(Thrown, sdk.Collect()[series]);
        Assert.Equal(Thrown, Read(page.Host.Page)[series]);

        static void Throw() => throw new OwnException();
    }

    private static async Task<WebApplication> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddMcpMonitoring(options => options.Prometheus.ServiceLabel = false);
        WebApplication app = builder.Build();
        app.MapGet("/orders/{id}", (string id) => id);
        app.MapGet("/fails", IResult () => Results.StatusCode(StatusCodes.Status500InternalServerError));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    /// <summary>Thrown by nobody else in the process.</summary>
    private sealed class OwnException : Exception;

    private static SortedDictionary<string, double> Read(MetricsPage page) => new(
        Scrape.Samples(page, ExpositionFormat.Text)
            .Where(sample => !sample.Name.StartsWith("mcp_", StringComparison.Ordinal))
            .ToDictionary(sample => SdkReader.Series(sample.Name, sample.Labels), sample => sample.Value, StringComparer.Ordinal),
        StringComparer.Ordinal);

    // The client names the port that it calls, Kestrel its own; hosting and routing name neither, but here they have one host.
    private static bool IsOf(string sample, string port) =>
        sample.Contains($"server_port={port}", StringComparison.Ordinal)
        || sample.StartsWith("http_server", StringComparison.Ordinal)
        || sample.StartsWith("aspnetcore", StringComparison.Ordinal);

    private static bool IsOfClient(string sample) => sample.StartsWith("http_client", StringComparison.Ordinal);

    private static SortedDictionary<string, double> Only(SortedDictionary<string, double> samples, Func<string, bool> wanted) =>
        new(samples.Where(pair => wanted(pair.Key)).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    private static void AssertSame(SortedDictionary<string, double> expected, SortedDictionary<string, double> actual)
    {
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Keys, actual.Keys);

        // Sums of times are added up in another order; all else is a count.
        Assert.All(expected, pair => Assert.Equal(pair.Value, actual[pair.Key], Math.Abs(pair.Value) * 1e-12));
    }
}

[CollectionDefinition(nameof(RealMetersAgreementTests), DisableParallelization = true)]
public sealed class RealMetersAlone;
