using Mcp.Monitoring.Errors;
using Mcp.Monitoring.Infrastructure.Validation;
using Microsoft.Extensions.Logging;
using SentryOptions = Mcp.Monitoring.Errors.SentryOptions;

namespace Mcp.Monitoring.Tests.Configuration;

public class SentryRulesTests
{
    [Theory]
    [InlineData("https://public@sentry.example.com/1")]
    [InlineData("https://public@o1.ingest.sentry.io/4507")]
    [InlineData("https://public@sentry.example.com/behind/a/path/1")]
    [InlineData("https://public:secret@sentry.example.com/1")]
    [InlineData("http://public@localhost:9000/1")]
    [InlineData("http://public@sentry:9000/1")]
    [InlineData("http://public@10.1.2.3:9000/1")]
    public void Dsn_with_a_key_and_a_project_is_right(string dsn)
    {
        Assert.Empty(OptionsRules.Check(options => options.Sentry.Dsn = dsn));
    }

    [Theory]
    [InlineData("https://your-sentry-dsn", "is a placeholder")]
    [InlineData("https://<key>@<host>/<project>", "is not an URL")]
    [InlineData("***", "is a placeholder")]
    [InlineData("", "is not set")]
    [InlineData("  ", "is not set")]
    [InlineData("public@sentry.example.com/1", "is not an URL")]
    [InlineData("https://sentry.example.com/1", "has no key before the @")]
    [InlineData("https://public@sentry.example.com", "has no project at its end")]
    [InlineData("https://public@sentry.example.com/", "has no project at its end")]
    [InlineData("https://public@sentry.example.com/1/", "ends in a slash, where its project belongs")]
    [InlineData("https://pub,lic@sentry.example.com/1", "has a key with characters that no key has")]
    [InlineData("https://public@sentry.example.com/a%20b", "has a project with characters that no project has")]
    [InlineData("http://public@sentry.example.com/1", "is plain http to a public host")]
    [InlineData("https://public@169.254.169.254/1", "is a link-local address, to which nothing is sent")]
    [InlineData("ftp://public@sentry.example.com/1", "begins with ftp instead of https")]
    public void Dsn_that_is_none_is_a_fault_without_its_text(string dsn, string problem)
    {
        OptionsRules.Expect("Sentry:Dsn", problem, valid: false, options => options.Sentry.Dsn = dsn);
        string fault = Assert.Single(OptionsRules.Check(options => options.Sentry.Dsn = dsn));

        Assert.DoesNotContain("public@", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(null, true)]
    public void Dsn_is_needed_once_the_section_is_on(bool? enabled, bool valid)
    {
        OptionsRules.Expect("Sentry:Dsn", "is not set", valid, options => options.Sentry.Enabled = enabled);
    }

    [Fact]
    public void Section_that_is_off_need_not_be_right()
    {
        Assert.Empty(OptionsRules.Check(options =>
        {
            options.Sentry.Enabled = false;
            options.Sentry.Dsn = "https://your-sentry-dsn";
            options.Sentry.Environment = "a b";
            options.Sentry.TracesSampleRate = 2;
        }));
    }

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public void Dsn_has_at_most_2000_characters(int length, bool valid)
    {
        const string Start = "https://public@sentry.example.com/";
        OptionsRules.Expect("Sentry:Dsn", $"has {length} characters", valid, options => options.Sentry.Dsn = Start + new string('1', length - Start.Length));
    }

    [Theory]
    [InlineData("production", true)]
    [InlineData("none", true)]
    [InlineData("None", false)]
    [InlineData("", false)]
    [InlineData("eu/production", false)]
    [InlineData("eu production", false)]
    [InlineData("eu\tproduction", false)]
    [InlineData("eu\nproduction", false)]
    [InlineData("eu\rproduction", false)]
    [InlineData(null, true)]
    public void Environment_is_one_that_sentry_takes(string? environment, bool valid)
    {
        OptionsRules.Judge("Sentry:Environment", $"\"{environment}\"", valid, options => options.Sentry.Environment = environment);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Environment_has_at_most_64_characters(int length, bool valid)
    {
        string environment = new('x', length);
        OptionsRules.Judge("Sentry:Environment", $"\"{environment}\"", valid, options => options.Sentry.Environment = environment);
    }

    [Fact]
    public void Dsn_is_not_needed_where_another_client_sends()
    {
        Assert.Empty(OptionsRules.Check(options =>
        {
            options.Sentry.Enabled = true;
            options.Sentry.Client = SentryClientChoice.None;
        }));
    }

    [Theory]
    [InlineData("weather@1.4.2", true)]
    [InlineData("1.4.2+build 7", true)]
    [InlineData(null, true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("latest", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\tb", false)]
    [InlineData("a\nb", false)]
    public void Release_is_one_that_sentry_takes(string? release, bool valid)
    {
        OptionsRules.Judge("Sentry:Release", $"\"{release}\"", valid, options => options.Sentry.Release = release);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Name_of_the_machine_has_at_most_200_characters(int length, bool valid)
    {
        string name = new('x', length);
        OptionsRules.Judge("Sentry:ServerName", $"\"{name}\"", valid, options => options.Sentry.ServerName = name);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void List_of_patterns_has_at_most_200_entries(int count, bool valid)
    {
        OptionsRules.Expect("Sentry:IgnoreMessages", $"has {count} entries", valid, options => options.Sentry.IgnoreMessages = [.. Enumerable.Repeat("x", count)]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("*", true)]
    public void Pattern_is_a_text(string pattern, bool valid)
    {
        foreach (string name in new[] { "IgnoreExceptions", "IgnoreMessages", "IgnoreLoggers", "InAppInclude", "InAppExclude" })
        {
            OptionsRules.Judge($"Sentry:{name}:1", $"\"{pattern}\"", valid, options =>
                ((ISettings)options.Sentry).Settings.Single(setting => setting.Name == name).Value = new List<string> { "one", pattern });
        }
    }

    [Theory]
    [InlineData("built_in", SentryClientChoice.BuiltIn)]
    [InlineData("BuiltIn", SentryClientChoice.BuiltIn)]
    [InlineData("auto", SentryClientChoice.Auto)]
    [InlineData("NONE", SentryClientChoice.None)]
    public void Client_is_read_in_any_spelling(string text, SentryClientChoice client)
    {
        Assert.Equal(client, Configured.Load($"sentry: {{ client: {text} }}").Sentry.Client);
    }

    [Fact]
    public void Levels_are_read_and_another_word_is_a_fault_that_names_them()
    {
        SentryOptions options = Configured.Load("sentry: { event_level: critical, breadcrumb_level: none, logs_level: warning }").Sentry;

        Assert.Equal((LogLevel.Critical, LogLevel.None, LogLevel.Warning), (options.EventLevel, options.BreadcrumbLevel, options.LogsLevel));
        Assert.Equal(
            ["monitoring.yaml:1:11 sentry.event_level is \"fatal\". Write trace, debug, information, warning, error, critical or none."],
            Configured.Faults("sentry: { event_level: fatal }"));
        Assert.Equal(["monitoring.yaml:1:11 sentry.client is \"1\". Write auto, built_in or none."], Configured.Faults("sentry: { client: 1 }"));
    }

    [Fact]
    public void Directory_of_the_cache_is_no_file_and_no_shorthand()
    {
        string file = Path.GetTempFileName();
        try
        {
            OptionsRules.Expect("Sentry:CachePath", $"is \"{file}\"", valid: false, options => options.Sentry.CachePath = file);
            OptionsRules.Expect("Sentry:CachePath", "is \"~/sentry\"", valid: false, options => options.Sentry.CachePath = "~/sentry");
            Assert.Empty(OptionsRules.Check(options => options.Sentry.CachePath = Path.GetTempPath()));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
