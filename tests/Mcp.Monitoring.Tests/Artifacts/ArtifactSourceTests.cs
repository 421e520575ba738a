using Mcp.Monitoring.Alerting.Rules;
using Mcp.Monitoring.Artifacts;
using Mcp.Monitoring.Metrics.Registry;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.Slo;
using Mcp.Monitoring.Tests.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mcp.Monitoring.Tests.Artifacts;

/// <summary>Files are made of the settings in use and of what operations say of themselves, when somebody asks.</summary>
public sealed class ArtifactSourceTests : IDisposable
{
    private const string Settings = """
        prometheus: { metrics_prefix: shop }
        thresholds: { response_time_threshold_ms: 300 }
        artifacts: { team: orders }
        alerts:
          rules: [{ name: McpToolErrors, for: 5m }, { name: OrdersLate, metric: orders_late_total, function: increase, threshold: 3, summary: late }]
          slos: [{ name: answered, kind: availability, objective: 0.99 }]
        """;

    private readonly Configured _configured = new Configured().File(Settings);
    private readonly List<ArtifactInputs> _generated = [];

    private ArtifactSource Source => field ??= new ArtifactSource(
        _configured.Provider.GetRequiredService<SettingsSource>(), _configured.Provider.GetRequiredService<MetricsRegistry>(), Generate);

    public void Dispose() => _configured.Dispose();

    [Fact]
    public void Inputs_are_those_of_the_settings()
    {
        ArtifactInputs inputs = Source.Inputs;

        Assert.Equal(("shop", "orders", 300), (inputs.Prefix, inputs.Options.Team, inputs.Thresholds.ResponseTimeThresholdMs));
        Assert.Equal(RuleCatalogue.Names.Append("OrdersLate").Order(StringComparer.Ordinal), inputs.Rules.Select(rule => rule.Name).Order(StringComparer.Ordinal));
        Assert.All(inputs.Rules.Single(rule => rule.Name == "McpToolErrors").Levels, level => Assert.Equal(TimeSpan.FromMinutes(5), level.For));
        Assert.Equal(("answered", 0.99m), (Assert.Single(inputs.Objectives).Name, inputs.Objectives[0].Target));
        Assert.Empty(inputs.Operations);
    }

    [Fact]
    public void Operations_that_say_something_are_among_them_and_no_others()
    {
        Add(OperationType.Tools, "plain");
        Add(OperationType.Tools, "owned", new OperationTraits(Owner: "shop-team"));
        Add(OperationType.Prompts, "explained", new OperationTraits(Runbook: "https://wiki/explained"));
        Add(OperationType.Resources, "fast", new OperationTraits(LatencyTargetMs: 123));
        Add(OperationType.Tools, "reliable", new OperationTraits(Availability: 0.999));

        Assert.Equal(
            [new("tools", "owned", "shop-team", null, null), new("prompts", "explained", null, "https://wiki/explained", null), new("resources", "fast", null, null, 123)],
            Source.Inputs.Operations);
    }

    [Fact]
    public void Objectives_are_those_that_the_process_itself_judges()
    {
        Add(OperationType.Tools, "fast", new OperationTraits(LatencyTargetMs: 123.4, Availability: 0.999));
        Add(OperationType.Function, "import", new OperationTraits(LatencyTargetMs: 50));
        Add(OperationType.Prompts, "ask", new OperationTraits(Availability: 0.9));
        var tracker = new SloTracker(_configured.Provider.GetRequiredService<MetricsRegistry>());
        tracker.Configure(Source.Inputs.Objectives.Where(slo => slo.Name == "answered").ToArray(), countsToolErrors: false);
        tracker.Sample(TimeSpan.FromSeconds(5), DateTimeOffset.UnixEpoch);

        Assert.Equal(["answered", "tools/fast/availability", "tools/fast/latency", "prompts/ask/availability"], Source.Inputs.Objectives.Select(slo => slo.Name));
        Assert.Equal(tracker.Objectives.Select(objective => objective.Definition), Source.Inputs.Objectives);
    }

    [Fact]
    public void Objective_whose_limit_needs_a_restart_to_be_an_edge_is_left_out()
    {
        _ = Source.Inputs;
        Reload("alerts: { slos: [{ name: odd, kind: latency, objective: 0.9, threshold_ms: 301 }, { name: fast, kind: latency, objective: 0.9, threshold_ms: 200 }] }");

        Assert.Equal(["fast"], Source.Inputs.Objectives.Select(slo => slo.Name));
    }

    [Fact]
    public void There_are_no_more_objectives_than_the_process_judges()
    {
        for (int i = 0; i < 250; i++)
        {
            Add(OperationType.Tools, $"tool{i}", new OperationTraits(Availability: 0.9));
        }

        Assert.Equal(200, Source.Inputs.Objectives.Count);
    }

    [Fact]
    public void Section_of_alerts_that_is_off_and_wrong_gives_the_files_of_the_defaults()
    {
        using Configured off = new Configured().File("alerts: { enabled: false, rules: [{ name: Own }], slos: [{ name: '', objective: 7 }] }");
        ArtifactInputs inputs = off.Provider.GetRequiredService<ArtifactSource>().Inputs;

        Assert.Equal(RuleCatalogue.Names, inputs.Rules.Select(rule => rule.Name));
        Assert.Equal(["availability", "latency_p95", "latency_p99"], inputs.Objectives.Select(slo => slo.Name));
    }

    [Fact]
    public void Files_are_generated_once_however_often_they_are_asked_for()
    {
        IReadOnlyList<Artifact> first = Source.All;
        Add(OperationType.Tools, "plain");
        Add(OperationType.Function, "import");

        Assert.Same(first, Source.All);
        Assert.Single(_generated);
    }

    [Fact]
    public void Operation_that_says_something_new_gives_other_files()
    {
        IReadOnlyList<Artifact> first = Source.All;
        Add(OperationType.Tools, "owned", new OperationTraits(Owner: "shop-team"));

        Assert.NotSame(first, Source.All);
        Add(OperationType.Tools, "reliable", new OperationTraits(Availability: 0.999));

        Assert.Equal(2, Source.All.Count);
        Assert.Equal([0, 1, 1], _generated.Select(inputs => inputs.Operations.Count));
        Assert.Equal([1, 1, 2], _generated.Select(inputs => inputs.Objectives.Count));
    }

    [Fact]
    public void Reload_of_the_settings_gives_other_files()
    {
        _ = Source.All;
        Reload(Settings.Replace("team: orders", "team: sales", StringComparison.Ordinal));
        _ = Source.All;

        Assert.Equal(["orders", "sales"], _generated.Select(inputs => inputs.Options.Team));
    }

    [Fact]
    public void Failed_generation_is_tried_again_by_the_next_who_asks()
    {
        int tries = 0;
        var source = new ArtifactSource(
            _configured.Provider.GetRequiredService<SettingsSource>(),
            _configured.Provider.GetRequiredService<MetricsRegistry>(),
            inputs => ++tries == 1 ? throw new InvalidOperationException() : Generate(inputs));

        Assert.Throws<InvalidOperationException>(() => source.All);
        Assert.NotEmpty(source.All);
    }

    [Fact]
    public void One_thread_generates_at_a_time_and_the_others_get_what_it_made()
    {
        int running = 0, most = 0, runs = 0;
        var source = new ArtifactSource(
            _configured.Provider.GetRequiredService<SettingsSource>(),
            _configured.Provider.GetRequiredService<MetricsRegistry>(),
            _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                Interlocked.Increment(ref runs);
                Thread.Yield();
                Interlocked.Decrement(ref running);
                return [new("alerts/a.yaml", "a\n")];
            });
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(index => new Thread(() => _ = source.All))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal((1, 1), (most, runs));
    }

    private void Reload(string settings)
    {
        _configured.Write(settings, "monitoring.yaml");
        _configured.Provider.GetRequiredService<SettingsSource>().Reload();
    }

    private void Add(OperationType type, string name, OperationTraits? traits = null) =>
        _configured.Provider.GetRequiredService<OperationCatalog>().GetOrAdd(type, name).Describe(traits ?? OperationTraits.None);

    private IReadOnlyList<Artifact> Generate(ArtifactInputs inputs)
    {
        _generated.Add(inputs);
        return [new("alerts/a.yaml", "a\n"), new("dashboards/b.json", "{}\n")];
    }
}
