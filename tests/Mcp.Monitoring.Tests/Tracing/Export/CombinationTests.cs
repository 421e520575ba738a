using System.Reflection;
using Mcp.Monitoring.Tests.Hosting;
using Mcp.Monitoring.Tracing.Export;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mcp.Monitoring.Tests.Tracing.Export;

/// <summary>Who chooses what, in every combination of a host's own OpenTelemetry and ours.</summary>
[Collection(nameof(Alone))]
public sealed class CombinationTests : IAsyncLifetime
{
    private readonly RecordedLogs _log = new();
    private Collector _ours = null!;
    private Collector _hosts = null!;

    public static TheoryData<string, bool, bool, bool> Combinations
    {
        get
        {
            var data = new TheoryData<string, bool, bool, bool>();
            foreach (bool hasVariable in new[] { false, true })
            {
                data.Add("none", false, false, hasVariable);
                foreach (string order in new[] { "before", "after" })
                {
                    foreach (bool hasChosen in new[] { false, true })
                    {
                        data.Add(order, hasChosen, false, hasVariable);
                        data.Add(order, hasChosen, true, hasVariable);
                    }
                }
            }

            return data;
        }
    }

    public async ValueTask InitializeAsync()
    {
        _ours = await Collector.StartAsync();
        _hosts = await Collector.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _ours.DisposeAsync();
        await _hosts.DisposeAsync();
        _log.Dispose();
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task There_is_one_provider_and_what_the_host_or_the_variable_chooses_stays(string order, bool hasChosen, bool usesOtlp, bool hasVariable)
    {
        using IHost host = Build(order, hasChosen, usesOtlp, hasVariable);
        await host.StartAsync(TestContext.Current.CancellationToken);
        TracerProvider tracer = Assert.Single(host.Services.GetServices<TracerProvider>());
        MeterProvider meter = Assert.Single(host.Services.GetServices<MeterProvider>());
        Type sampler = tracer.GetType().GetProperty("Sampler", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(tracer)!.GetType();
        string[] names = [.. new BaseProvider[] { tracer, meter }.Select(provider => (string)provider.GetResource().Attributes.Single(attribute => attribute.Key == "service.name").Value)];
        using (OperationScope work = host.Services.GetRequiredService<IMcpMonitor>().Begin(OperationType.Function, "work"))
        {
            work.End(OperationOutcome.Success);
        }

        tracer.ForceFlush(20_000);
        await host.StopAsync(TestContext.Current.CancellationToken);
        host.Dispose();

        Assert.Equal(hasChosen ? typeof(TraceIdRatioBasedSampler) : hasVariable ? typeof(AlwaysOffSampler) : typeof(KeepingSampler), sampler);
        string name = hasChosen ? "the host's" : "ours";
        Assert.Equal([name, name], names);
        bool isSampled = hasChosen || !hasVariable;
        Assert.Equal(isSampled ? 1 : 0, _ours.Paths.Count(path => path == "/v1/traces"));
        Assert.Equal(isSampled && usesOtlp ? 1 : 0, _hosts.Paths.Count(path => path == "/v1/traces"));
        Assert.Single(_ours.Paths, path => path == "/v1/metrics");
        Assert.Empty(_log.Of("ExportNotStarted"));
    }

    [Theory]
    [InlineData("always_on", false)]
    [InlineData("Always_Off", false)]
    [InlineData("traceidratio", false)]
    [InlineData("parentbased_always_on", false)]
    [InlineData("parentbased_always_off", false)]
    [InlineData("parentbased_traceidratio", false)]
    [InlineData("nonsense", true)]
    [InlineData("jaeger_remote", true)]
    public async Task Sampler_that_nobody_knows_leaves_the_choice_to_us(string variable, bool isOurs)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(_log);
        builder.Configuration.AddInMemoryCollection([new("OTEL_TRACES_SAMPLER", variable)]);
        builder.Services.AddMcpMonitoring(options => options.Otel.OtlpEndpoint = _ours.Address);
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        TracerProvider tracer = host.Services.GetRequiredService<TracerProvider>();
        object sampler = tracer.GetType().GetProperty("Sampler", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(tracer)!;

        Assert.Equal(isOurs, sampler is KeepingSampler);
        Assert.Equal(isOurs ? [$"OTEL_TRACES_SAMPLER is \"{variable}\""] : [], _log.Of("UnknownSampler").Select(entry => entry.Message.Split(',')[0]), StringComparer.Ordinal);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private IHost Build(string order, bool hasChosen, bool usesOtlp, bool hasVariable)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(_log);
        if (hasVariable)
        {
            builder.Configuration.AddInMemoryCollection([new("OTEL_TRACES_SAMPLER", "always_off")]);
        }

        if (order == "before")
        {
            AddHosts(builder.Services, hasChosen, usesOtlp);
        }

        builder.Services.AddMcpMonitoring(options =>
        {
            options.Otel.OtlpEndpoint = _ours.Address;
            options.Otel.ServiceName = "ours";
            options.Otel.Metrics = true;
            options.Otel.Instrumentation = false;
        });
        if (order == "after")
        {
            AddHosts(builder.Services, hasChosen, usesOtlp);
        }

        return builder.Build();
    }

    private void AddHosts(IServiceCollection services, bool hasChosen, bool usesOtlp)
    {
        IOpenTelemetryBuilder telemetry = services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("the host's")).WithMetrics(metrics => metrics.AddMeter("the host's"));
        if (hasChosen)
        {
            telemetry.ConfigureResource(resource => resource.AddService("the host's")).WithTracing(tracing => tracing.SetSampler(new TraceIdRatioBasedSampler(1)));
        }

        if (usesOtlp)
        {
            telemetry.UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, new Uri(_hosts.Address));
        }
    }
}
