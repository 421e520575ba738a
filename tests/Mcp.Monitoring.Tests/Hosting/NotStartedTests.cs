using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Tests.OperationsTools;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Hosting;

/// <summary>Tools at design time build a host and take services out of it, while the server itself runs elsewhere: none of ours may do anything before a start.</summary>
[Collection(nameof(Alone))]
public sealed class NotStartedTests : IAsyncDisposable
{
    private const string ThreadName = "Mcp.Monitoring ";

    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-not-started-").FullName;
    private readonly CountedTimers _timers = new();
    private readonly Meter _meter = new($"Test.{Guid.NewGuid():N}");
    private readonly ServiceDescriptor[] _ours;
    private readonly WebApplication _app;

    // Everything that can be switched on.
    public NotStartedTests()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _folder });
        builder.Services.AddSingleton<TimeProvider>(_timers);
        ServiceDescriptor[] others = [.. builder.Services];
        builder.Services.AddMcpMonitoring(options =>
        {
            options.Alerts.Storage.Path = "data/alerts.db";
            options.Prometheus.Port = FreePort.Find();
            options.Prometheus.Meters = [_meter.Name];
            options.Sentry.Dsn = "http://key@127.0.0.1:9/1";
            options.Sentry.TracesSampleRate = 1;
            options.Otel.OtlpEndpoint = "http://127.0.0.1:9";
            options.Otel.ZipkinEndpoint = "http://127.0.0.1:9/api/v2/spans";
            options.Otel.Metrics = true;
        });
        _ours = [.. builder.Services.Except(others).Where(service => !IsOfOpenTelemetry(service.ServiceType) && !IsOfOpenTelemetry(service.ImplementationType))];
        _app = builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _meter.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Services_that_are_only_resolved_open_no_file_start_no_thread_and_listen_to_nothing()
    {
        Counter<int> counter = _meter.CreateCounter<int>("bridged");
        using var source = new ActivitySource("System.Net.Http");
        int sockets = Sockets();

        int resolved = ResolveAll();

        Assert.True(resolved > 40, $"{resolved} services");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        Assert.Empty(Threads());
        Assert.Empty(HandlersOf(typeof(AppContext), "UnhandledException").Concat(HandlersOf(typeof(TaskScheduler), "UnobservedTaskException")));
        Assert.False(counter.Enabled, "Somebody listens to the meter.");
        Assert.False(source.HasListeners(), "Somebody listens to spans.");
        Assert.Empty(_timers.Running);
        Assert.InRange(Sockets(), 0, sockets);
    }

    [Fact]
    public async Task What_the_services_do_once_the_host_has_started_is_seen_by_the_same_looks()
    {
        Counter<int> counter = _meter.CreateCounter<int>("bridged");

        await _app.StartAsync(TestContext.Current.CancellationToken);

        Assert.True(File.Exists(Path.Combine(_folder, "data", "alerts.db")));
        Assert.NotEmpty(HandlersOf(typeof(AppContext), "UnhandledException"));
        Assert.NotEmpty(HandlersOf(typeof(TaskScheduler), "UnobservedTaskException"));
        Assert.True(counter.Enabled);
        Assert.NotEmpty(_timers.Running);
        Assert.True(!OperatingSystem.IsLinux() || Threads().Length > 0);
        await _app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_is_raised_before_the_start_is_an_alert_after_it_and_what_is_asked_for_is_refused()
    {
        var alerts = _app.Services.GetRequiredService<IAlertManager>();

        await alerts.RaiseIntegrationAsync("1c", "get_order", "no free session");
        await Assert.ThrowsAsync<InvalidOperationException>(() => alerts.AcknowledgeAsync(1, "me"));
        Assert.Empty(alerts.List());
        await _app.StartAsync(TestContext.Current.CancellationToken);

        Assert.True(SpinWait.SpinUntil(() => alerts.List().Count == 1, TimeSpan.FromSeconds(60)));
        await _app.StopAsync(TestContext.Current.CancellationToken);
    }

    private int ResolveAll()
    {
        using IServiceScope scope = _app.Services.CreateScope();
        int resolved = 0;
        foreach (Type service in _ours.Select(descriptor => descriptor.ServiceType).Where(type => !type.IsGenericTypeDefinition).Distinct())
        {
            resolved += scope.ServiceProvider.GetServices(service).Count();
        }

        return resolved;
    }

    // A provider of the SDK's begins when it is taken from the services, whoever registers it; the host takes it when it starts, first of all to check its metrics.
    private static bool IsOfOpenTelemetry(Type? type) =>
        type?.Assembly.GetName().Name!.StartsWith("OpenTelemetry", StringComparison.Ordinal) == true || type?.ToString().Contains("StartupValidator", StringComparison.Ordinal) == true;

    private static string[] Threads() => OperatingSystem.IsLinux()
        ? [.. Directory.GetDirectories("/proc/self/task").Select(NameOf).Where(name => name.StartsWith(ThreadName, StringComparison.Ordinal))]
        : [];

    // It may have ended since it was listed.
    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static int Sockets() => OperatingSystem.IsLinux()
        ? Directory.GetFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
        : 0;

    private static Delegate[] HandlersOf(Type type, string field)
    {
        FieldInfo handlers = type.GetField(field, BindingFlags.Static | BindingFlags.NonPublic) ?? throw new MissingFieldException(type.Name, field);
        return [.. (((Delegate?)handlers.GetValue(null))?.GetInvocationList() ?? []).Where(handler => handler.Method.DeclaringType!.Assembly == typeof(McpMonitor).Assembly)];
    }
}
