namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The README's code blocks, each under the name by which a test uses it. A block that is not here is used by no test.</summary>
internal static class ReadmeBlocks
{
    public static MarkdownPage Page { get; } = MarkdownPage.Read("README.md");

    public static CodeBlock FirstLines => Page.Block("Mcp.Monitoring", "csharp");

    public static CodeBlock SeeTheSample => Page.Block("Mcp.Monitoring", "sh");

    public static CodeBlock SampleMetrics => Page.Block("Mcp.Monitoring", "text");

    public static CodeBlock NewProject => Page.Block("Start", "sh", "dotnet new");

    public static CodeBlock Program => Page.Block("Start", "csharp");

    public static CodeBlock CallIt => Page.Block("Start", "sh", "dotnet run");

    public static CodeBlock ScrapeConfiguration => Page.Block("Use it", "yaml");

    public static CodeBlock Queries => Page.Block("Use it", "promql");

    public static CodeBlock FromFile => Page.Block("Configure", "csharp");

    public static CodeBlock Configuration => Page.Block("Configure", "yaml");

    public static CodeBlock DescribedTool => Page.Block("Refine", "csharp", "[McpServerTool");

    public static CodeBlock Options => Page.Block("Refine", "csharp", "options.");

    public static CodeBlock OwnWork => Page.Block("Refine", "csharp", "monitor.RunAsync");

    public static CodeBlock Http => Page.Block("HTTP", "csharp");

    public static CodeBlock StoryConfiguration => Page.Block("One failure, one story", "yaml");

    public static CodeBlock SentryRegistration => Page.Block("One failure, one story", "csharp", "AddSingleton");

    public static CodeBlock SentryAdapter => Page.Block("One failure, one story", "csharp", "internal sealed class");

    public static CodeBlock OwnSpan => Page.Block("One failure, one story", "csharp", "McpSpan");

    public static CodeBlock AlertLog => Page.Block("Alerts", "text");

    public static CodeBlock AlertConfiguration => Page.Block("Alerts", "yaml");

    public static CodeBlock RaisedAlerts => Page.Block("Alerts", "csharp", "RaiseIntegrationAsync");

    public static CodeBlock ChannelRegistration => Page.Block("Alerts", "csharp", "AddSingleton");

    public static CodeBlock OwnChannel => Page.Block("Alerts", "csharp", "internal sealed class");

    public static CodeBlock OwnNumbers => Page.Block("Your own numbers", "csharp");

    public static CodeBlock Develop => Page.Block("Develop", "sh");

    public static IReadOnlyList<CodeBlock> All { get; } =
    [
        FirstLines, SeeTheSample, SampleMetrics, NewProject, Program, CallIt, ScrapeConfiguration, Queries, FromFile, Configuration, DescribedTool, Options, OwnWork, Http,
        StoryConfiguration, SentryRegistration, SentryAdapter, OwnSpan, AlertLog, AlertConfiguration, RaisedAlerts, ChannelRegistration, OwnChannel, OwnNumbers,
        Develop,
    ];
}
