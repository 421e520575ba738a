using System.Collections;
using System.Reflection;
using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mcp.Monitoring.Tests.Configuration;

[Collection(nameof(StaticMonitor))]
public class SettingsCopyTests
{
    [Fact]
    public void Copy_has_all_that_the_options_have_and_shares_nothing_that_can_be_changed()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            McpMonitoringOptions options = Filled(seed);

            Compare(options, SettingsCopy.Of(options), "options");
        }
    }

    [Fact]
    public void Limit_that_follows_another_still_does_in_a_copy()
    {
        McpMonitoringOptions copy = SettingsCopy.Of(new McpMonitoringOptions());
        copy.Thresholds.ResponseTimeThresholdMs = 900;

        Assert.Equal(900, copy.Thresholds.ResponseTimeAlertMs);
    }

    [Fact]
    public async Task Whatever_is_done_to_settings_that_were_handed_out_changes_none_that_are_in_use()
    {
        McpMonitoringOptions? configured = null;
        List<string> sources = ["Shop.*"];
        var rule = new Mcp.Monitoring.Alerting.AlertRuleOptions { Name = "McpToolErrors", Enabled = false };
        await using App app = await App.StartAsync(options =>
        {
            configured = options;
            options.Otel.Sources = sources;
            options.Alerts.Rules.Add(rule);
        });
        string before = McpMonitor.Configuration!.Export();
        var services = app.Services;
        using IServiceScope scope = services.CreateScope();

        sources.Add("Secret.*");
        rule.Enabled = true;
        McpMonitoringOptions[] handedOut =
        [
            configured!,
            McpMonitor.Configuration,
            services.GetRequiredService<IOptions<McpMonitoringOptions>>().Value,
            services.GetRequiredService<IOptionsMonitor<McpMonitoringOptions>>().CurrentValue,
            scope.ServiceProvider.GetRequiredService<IOptionsSnapshot<McpMonitoringOptions>>().Value,
        ];
        foreach (McpMonitoringOptions options in handedOut)
        {
            Spoil(options);
        }

        Assert.Equal(before, McpMonitor.Configuration.Export());
        Assert.Equal(before, services.GetRequiredService<SettingsSource>().Current.Export());
    }

    private static void Spoil(McpMonitoringOptions options)
    {
        new RandomSettings(7).Fill(options);
        options.Alerts.Rules.Clear();
        options.Alerts.Silences.Add(new());
        options.Clients.Names.Clear();
    }

    private static McpMonitoringOptions Filled(int seed)
    {
        var options = new McpMonitoringOptions();
        new RandomSettings(seed).Fill(options);
        foreach ((_, Mcp.Monitoring.Infrastructure.Validation.Setting secret) in SettingsTree.Settings(options).Where(found => found.Setting.IsSecret))
        {
            secret.Value = $"secret {seed}";
        }

        foreach ((_, Mcp.Monitoring.Infrastructure.Validation.Setting setting) in SettingsTree.Settings(options))
        {
            setting.ComesFrom("SOME_VARIABLE");
        }

        options.Errors.Map<TimeoutException>(ErrorType.Timeout).Map<IOException>(ErrorType.Transport, OperationOutcome.ToolError);
        options.Sentry.BeforeSend = static sent => sent;
        return options;
    }

    private static void Compare(object? one, object? other, string path)
    {
        Assert.Equal(one?.GetType(), other?.GetType());
        if (one is null or string or ValueType or Delegate || path.Contains("_mappings[", StringComparison.Ordinal))
        {
            Assert.True(Equals(one, other), $"{path} is {one} and {other}");
            return;
        }

        Assert.False(ReferenceEquals(one, other), $"{path} is shared");
        if (one is IList items)
        {
            var others = (IList)other!;
            Assert.True(items.Count == others.Count, $"{path} has {items.Count} and {others.Count}");
            for (int i = 0; i < items.Count; i++)
            {
                Compare(items[i], others[i], $"{path}[{i}]");
            }

            return;
        }

        foreach (FieldInfo field in one.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Compare(field.GetValue(one), field.GetValue(other), $"{path}.{field.Name}");
        }
    }
}
