using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Metrics.Registry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.Tests.Artifacts;

/// <summary>A host that was built and not started writes the files of its settings and its tools.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly Artifact[] Files = [new("alerts/rules.yaml", "groups: [] # правила\n"), new("dashboards/grafana/overview.json", "{}\n")];

    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-export-").FullName;
    private ArtifactInputs? _inputs;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_are_in_folders_that_are_made_and_their_paths_are_returned()
    {
        using IHost host = Build();
        string target = Path.Combine(_folder, "new", "folder");

        IReadOnlyList<string> written = host.ExportMcpMonitoringArtifacts(target);

        Assert.Equal(Files.Select(file => Path.Combine(target, file.Path.Replace('/', Path.DirectorySeparatorChar))), written);
        Assert.Equal(written.Order(StringComparer.Ordinal), Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Assert.Equal("groups: [] # правила\n"u8, File.ReadAllBytes(written[0]));
    }

    [Fact]
    public void Files_of_an_earlier_export_are_replaced_and_others_stay()
    {
        using IHost host = Build();
        string rules = host.ExportMcpMonitoringArtifacts(_folder)[0];
        string own = Path.Combine(_folder, "alerts", "own.yaml");
        File.WriteAllText(rules, "groups: [] # longer than what comes, and older\n");
        File.WriteAllText(own, "");

        host.ExportMcpMonitoringArtifacts(_folder);

        Assert.Equal(Files[0].Text, File.ReadAllText(rules));
        Assert.True(File.Exists(own));
    }

    [Fact]
    public void Tools_resources_and_prompts_of_the_server_are_known_with_their_owners_runbooks_and_targets()
    {
        using IHost host = Build(services => services.AddMcpServer().WithTools<Shop>().WithPrompts<Questions>().WithResources<Papers>());

        host.ExportMcpMonitoringArtifacts(_folder);

        Assert.Equal(
            [new("tools", "get_order", "shop-team", "https://wiki/orders", 123.4), new("resources", "shop://invoices/{id}", "papers", null, null), new("prompts", "ask", null, "https://wiki/ask", null)],
            _inputs!.Operations);
        Assert.Contains(_inputs.Objectives, slo => slo is { Name: "tools/get_order/latency", Target: 0.95m });
        Assert.Contains(_inputs.Objectives, slo => slo is { Name: "prompts/ask/availability", Target: 0.999m });
    }

    [Fact]
    public void Settings_of_the_host_are_those_of_the_files()
    {
        using IHost host = Build(services => services.AddMcpMonitoring(options => options.Artifacts.Team = "shop"));

        host.ExportMcpMonitoringArtifacts(_folder);

        Assert.Equal("shop", _inputs!.Options.Team);
    }

    [Fact]
    public void Folder_that_is_a_file_is_refused_by_name()
    {
        using IHost host = Build();
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        IOException refused = Assert.Throws<IOException>(() => host.ExportMcpMonitoringArtifacts(file));

        Assert.Equal($"{file} is a file. Name a folder; it is made if it is missing.", refused.Message);
    }

    [Theory]
    [InlineData("alerts")]
    [InlineData("alerts/rules.yaml/x")]
    public void File_that_cannot_be_written_is_named_with_the_reason(string inTheWay)
    {
        using IHost host = Build();
        string path = Path.Combine(_folder, inTheWay);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");

        IOException refused = Assert.Throws<IOException>(() => host.ExportMcpMonitoringArtifacts(_folder));

        Assert.StartsWith($"{Path.Combine(_folder, "alerts", "rules.yaml")} cannot be written: ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(". Name a folder that this process may write to.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_without_monitoring_is_told_what_to_call()
    {
        using IHost host = Host.CreateEmptyApplicationBuilder(settings: null).Build();

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => host.ExportMcpMonitoringArtifacts(_folder));

        Assert.Contains("services.AddMcpMonitoring()", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void Folder_without_a_name_is_refused(string? directory)
    {
        using IHost host = Build();

        Assert.ThrowsAny<ArgumentException>(() => host.ExportMcpMonitoringArtifacts(directory!));
    }

    private IHost Build(Action<IServiceCollection>? add = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddMcpMonitoring();
        builder.Services.AddSingleton(provider => new ArtifactSource(provider.GetRequiredService<SettingsSource>(), provider.GetRequiredService<MetricsRegistry>(), Generate));
        add?.Invoke(builder.Services);
        return builder.Build();
    }

    private Artifact[] Generate(ArtifactInputs inputs)
    {
        _inputs = inputs;
        return Files;
    }

    private sealed class Shop
    {
        [McpServerTool(Name = "get_order")]
        [MonitorMcpOperation(Owner = "shop-team", Runbook = "https://wiki/orders", LatencyTargetMs = 123.4)]
        public static string GetOrder(string number) => number;

        [McpServerTool(Name = "plain")]
        public static string Plain() => "";
    }

    private sealed class Questions
    {
        [McpServerPrompt(Name = "ask")]
        [MonitorMcpOperation(Runbook = "https://wiki/ask", Availability = 0.999)]
        public static string Ask() => "?";
    }

    private sealed class Papers
    {
        [McpServerResource(UriTemplate = "shop://invoices/{id}", Name = "invoice")]
        [MonitorMcpOperation(Owner = "papers")]
        public static string Invoice(string id) => id;
    }
}
