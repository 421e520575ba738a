using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Only regular files are read, and nothing that stands in their place is waited for.</summary>
public sealed class UnusualFileTests : IDisposable
{
    // Far more than any of it takes on a busy machine, and less than anybody would wait.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string> Kinds() => UnusualFiles.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Settings_file_that_is_none_is_one_fault_at_once(string kind)
    {
        Needs.That(OperatingSystem.IsLinux(), "The files are those of Linux.");
        string path = UnusualFiles.Make(_folder, kind, "monitoring.yaml");

        string fault = Assert.Single(await AtOnce(() => McpMonitoringOptions.Check(path)));

        Assert.DoesNotContain('\0', fault);
        Assert.True(fault.Contains("cannot be read", StringComparison.Ordinal) || fault.Contains("has more than", StringComparison.Ordinal), fault);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Secret_file_that_is_none_is_one_fault_at_once(string kind)
    {
        Needs.That(OperatingSystem.IsLinux(), "The files are those of Linux.");
        string secret = UnusualFiles.Make(_folder, kind, "password");
        using Configured configured = new Configured()
            .Variable("SMTP_SERVER", "smtp.company.com").Variable("SMTP_USERNAME", "a").Variable("SMTP_PASSWORD_FILE", secret)
            .Variable("ALERT_FROM_EMAIL", "a@company.com").Variable("ALERT_TO_EMAILS", "b@company.com");

        string fault = Assert.Single(await AtOnce(configured.Faults));

        Assert.StartsWith("SMTP_PASSWORD_FILE ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', fault);
    }

    [Theory]
    [InlineData("pipe", "a named pipe")]
    [InlineData("link to pipe", "a named pipe")]
    [InlineData("device", "a device")]
    [InlineData("endless device", "a device")]
    [InlineData("socket", "a socket")]
    [InlineData("directory", "a directory")]
    public async Task Fault_names_what_it_is(string kind, string name)
    {
        Needs.That(OperatingSystem.IsLinux(), "The files are those of Linux.");
        string path = UnusualFiles.Make(_folder, kind, "monitoring.yaml");
        using Configured configured = new Configured().Variable("SENTRY_DSN_FILE", path);

        Assert.Contains($"It is {name}. Only regular files are read.", Assert.Single(await AtOnce(() => McpMonitoringOptions.Check(path))), StringComparison.Ordinal);
        Assert.Contains($"which is {name}.", Assert.Single(await AtOnce(configured.Faults)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_swapped_for_a_pipe_while_it_is_read_stops_nobody()
    {
        Needs.That(OperatingSystem.IsLinux(), "The files are those of Linux.");
        string path = Path.Combine(_folder, "monitoring.yaml");
        UnusualFiles.Pipe(path + ".pipe");
        File.WriteAllText(path + ".file", "environment: test");
        File.CreateSymbolicLink(path, path + ".file");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task swapping = Task.Run(() => Swap(path, end.Token), CancellationToken.None);

        int reads = await AtOnce(() => ReadUntilBothWereMet(path));

        await end.CancelAsync();
        await swapping;
        Assert.InRange(reads, 1_000, int.MaxValue);
    }

    [Fact]
    public async Task Running_host_whose_file_becomes_a_pipe_goes_on_and_follows_the_file_that_comes_after()
    {
        Needs.That(OperatingSystem.IsLinux(), "The files are those of Linux.");
        string path = Path.Combine(_folder, "monitoring.yaml");
        File.WriteAllText(path, "thresholds: { active_requests: 7 }");
        var clock = new ManualTimeProvider();
        using var log = new RecordedLogs();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddMcpMonitoring(path);
        builder.Logging.AddProvider(log);
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        IOptionsMonitor<McpMonitoringOptions> options = host.Services.GetRequiredService<IOptionsMonitor<McpMonitoringOptions>>();

        File.Delete(path);
        UnusualFiles.Pipe(path);
        await AtOnce(() => Look(clock, looks: 20));

        Assert.Contains("named pipe", Assert.Single(log.Of("ReloadRefused")).Message, StringComparison.Ordinal);
        Assert.Equal(7, options.CurrentValue.Thresholds.ActiveRequests);

        File.Delete(path);
        File.WriteAllText(path, "thresholds: { active_requests: 8 }");
        await AtOnce(() => Look(clock, looks: 2));

        Assert.Equal(8, options.CurrentValue.Thresholds.ActiveRequests);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Swap(string path, CancellationToken end)
    {
        for (int i = 0; !end.IsCancellationRequested; i++)
        {
            string next = path + ".next";
            File.CreateSymbolicLink(next, path + (i % 2 == 0 ? ".pipe" : ".file"));
            File.Move(next, path, overwrite: true);
        }
    }

    private static int ReadUntilBothWereMet(string path)
    {
        int reads = 0;
        for (var met = new HashSet<int>(); met.Count < 2 || reads < 1_000; reads++)
        {
            met.Add(McpMonitoringOptions.Check(path).Count);
        }

        return reads;
    }

    private static int Look(ManualTimeProvider clock, int looks)
    {
        for (int i = 0; i < looks; i++)
        {
            clock.Advance(FileWatch.Interval);
        }

        return looks;
    }

    private static Task<T> AtOnce<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Limit, TestContext.Current.CancellationToken);
}
