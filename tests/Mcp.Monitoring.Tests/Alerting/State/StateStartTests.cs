using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Alerting.State;

/// <summary>The file belongs to the run of a host: a tool that makes the services of one and only looks at them keeps nobody from it.</summary>
public sealed class StateStartTests : IDisposable
{
    private readonly StoredFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Resolving_everything_makes_no_file()
    {
        using IHost host = Build();

        ResolveEverything(host);

        Assert.False(Directory.Exists(_file.Folder));
    }

    [Fact]
    public void Resolving_everything_locks_no_file()
    {
        _file.Write(StoredFile.Fact("former"));
        using IHost host = Build();

        ResolveEverything(host);

        _file.Write(StoredFile.Fact("of another"));
        Assert.Equal(["former", "of another"], _file.ReadFacts());
    }

    [Fact]
    public async Task Start_opens_it_and_stop_lets_go_of_it()
    {
        using IHost host = Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(_file.Path + "-wal"), TimeSpan.FromSeconds(30)));
        Assert.Equal(StateFault.Locked, StateFaults.Of(Assert.ThrowsAny<Exception>(() => StateDatabase.Open(_file.Path, TestTables.All, new StateSettings(), out _))));

        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Contains("run_started", _file.ReadFacts(), StringComparer.Ordinal);
    }

    private static void ResolveEverything(IHost host)
    {
        using IServiceScope scope = host.Services.CreateScope();
        foreach (Type service in host.Services.GetRequiredService<ServiceTypes>().All)
        {
            Assert.NotNull(scope.ServiceProvider.GetServices(service).ToArray());
        }

        foreach (HealthCheckRegistration check in host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations)
        {
            Assert.NotNull(check.Factory(host.Services));
        }

        Assert.Empty(host.Services.GetRequiredService<IAlertManager>().List());
    }

    private IHost Build()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMcpMonitoring(options => options.Alerts.Storage.Path = _file.Path);
        builder.Services.AddSingleton(new ServiceTypes([.. builder.Services.Select(service => service.ServiceType).Where(type => !type.ContainsGenericParameters).Distinct()]));
        return builder.Build();
    }

    private sealed record ServiceTypes(IReadOnlyList<Type> All);
}
