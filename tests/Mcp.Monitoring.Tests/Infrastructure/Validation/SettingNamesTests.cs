using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Infrastructure.Validation;

public class SettingNamesTests
{
    public static TheoryData<string> Names =>
        [.. Sections(new McpMonitoringOptions()).SelectMany(NamesOf).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_spelling_of_a_name_is_the_same(string name)
    {
        string snake = SettingNames.Snake(name);
        string camel = char.ToLowerInvariant(name[0]) + name[1..];

        Assert.Matches("^[a-z]+(_[a-z]+)*$", snake);
        Assert.Equal(SettingNames.Bare(name), SettingNames.Bare(snake));
        Assert.Equal(SettingNames.Bare(name), SettingNames.Bare(camel));
        Assert.Equal(SettingNames.Bare(name), SettingNames.Bare(name.ToUpperInvariant()));
        Assert.Equal(name, string.Concat(snake.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
    }

    [Fact]
    public void No_two_names_of_a_section_are_the_same()
    {
        Assert.All(Sections(new McpMonitoringOptions()), section =>
        {
            // A secret has a second name, under which a file is given.
            string[] names = [.. NamesOf(section).Concat(section.Settings.Where(setting => setting.IsSecret).Select(setting => setting.Name + "File")).Select(SettingNames.Bare)];
            Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        });
    }

    [Fact]
    public void No_variable_sets_two_settings()
    {
        string[] variables =
        [
            .. SettingsTree.Settings(new McpMonitoringOptions())
                .SelectMany(found => found.Setting.Variables.Concat(found.Setting.IsSecret ? found.Setting.Variables.Select(variable => variable + "_FILE") : [])),
        ];

        Assert.Equal(variables.Length, variables.Distinct(StringComparer.Ordinal).Count());
        Assert.All(variables, variable => Assert.Matches("^[A-Z]+(_[A-Z]+)*$", variable));
    }

    [Theory]
    [InlineData("Port", "port")]
    [InlineData("SmtpPort", "smtp_port")]
    [InlineData("Prometheus:BindAddress", "prometheus.bind_address")]
    [InlineData("Alerts:Channels:Email:ToEmails", "alerts.channels.email.to_emails")]
    [InlineData("ResponseTimeThresholdMs", "response_time_threshold_ms")]
    public void Path_is_written_as_a_file_has_it(string path, string written)
    {
        Assert.Equal(written, SettingNames.Snake(path));
    }

    [Theory]
    [InlineData("TITLE")]
    [InlineData("title")]
    public void Case_does_not_depend_on_the_language(string name)
    {
        Assert.Equal("title", SettingNames.Bare(name));
    }

    private static IEnumerable<string> NamesOf(ISettings section) => section.Settings.Select(setting => setting.Name).Concat(section.Sections.Select(inner => inner.Name));

    private static IEnumerable<ISettings> Sections(ISettings section) => section.Sections.SelectMany(inner => Sections(inner.Settings)).Prepend(section);
}
