using Mcp.Monitoring.Configuration;
using Mcp.Monitoring.Infrastructure.Validation;

namespace Mcp.Monitoring.Tests.Configuration;

public class SecretTests
{
    private const string Value = "https://SECRETSECRET@sentry.company.com/7";

    public static TheoryData<string> Secrets() => [.. SettingsTree.Settings(new McpMonitoringOptions()).Where(found => found.Setting.IsSecret).Select(found => found.Path)];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_is_in_no_export_and_in_no_fault(string path)
    {
        var options = new McpMonitoringOptions();
        Setting secret = SettingsTree.Settings(options).Single(found => found.Path == path).Setting;
        secret.Value = "SECRETSECRET";
        foreach ((_, Setting setting) in SettingsTree.Settings(options).Where(found => found.Setting.IsSwitch))
        {
            setting.Value = true;
        }

        string[] shown =
        [
            options.Export(),
            options.Export(ConfigurationFormat.Json),
            .. new SettingsCheck(options, new SettingsLoader(options).Load()).Faults,
            .. Configured.Faults(string.Join(": {", SettingNames.Snake(path).Split('.')) + ": { SECRETSECRET: SECRETSECRET }" + new string('}', path.Count(c => c == ':'))),
        ];

        Assert.All(shown, text => Assert.DoesNotContain("SECRETSECRET", text, StringComparison.Ordinal));
        Assert.Contains("***", shown[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_comes_from_a_file_that_a_key_names()
    {
        using var configured = new Configured();
        string path = configured.Write($"{Value}\n", "dsn");

        Assert.Equal(Value, configured.File($"sentry: {{ dsn_file: {path} }}").Options.Sentry.Dsn);
    }

    [Fact]
    public void Secret_comes_from_a_file_that_a_variable_names()
    {
        using var configured = new Configured();
        string path = configured.Write(Value, "dsn");

        Assert.Equal(Value, configured.Variable("SENTRY_DSN_FILE", path).Options.Sentry.Dsn);
        Assert.True(configured.Options.Sentry.IsOn);
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Every_secret_may_come_from_a_file(string path)
    {
        using var folder = new Configured();
        string file = folder.Write("SECRETSECRET", "secret");
        var options = new McpMonitoringOptions();
        var loader = new SettingsLoader(options);
        Add(path, file, loader);

        LoadedSettings loaded = loader.Load();

        Assert.Empty(loaded.Faults);
        Assert.Equal("SECRETSECRET", SettingsTree.Settings(options).Single(found => found.Path == path).Setting.Value);
        Assert.Contains(loaded.Files, read => read.Path == file);
    }

    [Fact]
    public void Secret_and_its_file_are_one_too_many()
    {
        using var configured = new Configured();
        configured.Variable("SENTRY_DSN", Value).Variable("SENTRY_DSN_FILE", "/run/secrets/dsn");

        Assert.Equal("SENTRY_DSN_FILE is set beside SENTRY_DSN. Set one of SENTRY_DSN and SENTRY_DSN_FILE.", Assert.Single(configured.Faults()));
        Assert.Equal(
            "monitoring.yaml:1:61 sentry.dsn_file is there twice. Leave one of them, in one spelling.",
            Assert.Single(Configured.Faults($"sentry: {{ dsn: '{Value}', dsn_file: /run/secrets/dsn }}")));
    }

    [Fact]
    public void File_of_a_secret_that_is_not_there_is_a_fault()
    {
        using Configured configured = new Configured().File("sentry: { dsn_file: /nowhere/dsn }");

        Assert.Equal(
            "monitoring.yaml:1:11 sentry.dsn_file names /nowhere/dsn, which cannot be read. Name a file that this process may read, with the value in it and nothing else.",
            Assert.Single(configured.Faults()));
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/T/B/SECRETSECRET")]
    [InlineData("123456:SECRETSECRETSECRETSECRET")]
    [InlineData("SECRETSECRET")]
    public void Secret_that_stands_where_its_path_belongs_is_not_shown(string secret)
    {
        using Configured configured = new Configured().Variable("SLACK_WEBHOOK_URL_FILE", secret);

        Assert.Equal(
            "SLACK_WEBHOOK_URL_FILE names a file, which cannot be read. Name a file that this process may read, with the value in it and nothing else.",
            Assert.Single(configured.Faults()));
    }

    [Fact]
    public void Path_of_a_secret_is_relative_to_where_the_settings_file_is_looked_for()
    {
        using var folder = new Configured();
        folder.Write("\uFEFF" + Value, "dsn");
        var options = new McpMonitoringOptions();
        var loader = new SettingsLoader(options, folder.Folder);
        folder.Write("sentry: { dsn_file: dsn }", "monitoring.yaml");
        loader.AddFile("monitoring.yaml");

        Assert.Empty(loader.Load().Faults);
        Assert.Equal(Value, options.Sentry.Dsn);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \n", "is empty")]
    public void File_of_a_secret_that_holds_none_is_a_fault(string text, string problem)
    {
        using var configured = new Configured();
        string path = configured.Write(text, "dsn");

        Assert.Contains(problem, Assert.Single(configured.Variable("SENTRY_DSN_FILE", path).Faults()), StringComparison.Ordinal);
    }

    private static void Add(string path, string file, SettingsLoader loader)
    {
        string[] keys = SettingNames.Snake(path).Split('.');
        SettingsNode node = new ScalarNode(file);
        for (int i = keys.Length - 1; i >= 0; i--)
        {
            string key = i == keys.Length - 1 ? keys[i] + "_file" : keys[i];
            node = new MapNode([new MapEntry(key, node)], node.Size + 1);
        }

        loader.Add(new FileLayer((MapNode)node, "test.yaml"));
    }
}
