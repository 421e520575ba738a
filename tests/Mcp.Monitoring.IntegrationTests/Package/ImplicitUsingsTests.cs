namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>A project that has our package and no word about Sentry's SDK, which comes with it.</summary>
[Collection(nameof(PackageTests))]
public sealed class ImplicitUsingsTests(EmptyProjects projects) : IClassFixture<EmptyProjects>
{
    private const string Program = """
        using Mcp.Monitoring;
        using Mcp.Monitoring.Errors;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddMcpMonitoring(options =>
        {
            SentryOptions sentry = options.Sentry;
            sentry.SampleRate = Breadcrumb.High == SentryLevel.High.AsBreadcrumb() ? 1 : 0.5;
        });

        enum SentryLevel { High }

        enum Breadcrumb { High }

        static class SentryLevels
        {
            public static Breadcrumb AsBreadcrumb(this SentryLevel level) => (Breadcrumb)level;
        }
        """;

    [Fact]
    public async Task Names_of_Sentrys_SDK_are_free_for_the_application()
    {
        EmptyProject project = await projects.WithAsync([PackageFile.Id]);

        Assert.Empty(project.Compile(Program));
        Assert.Contains("CS0104", Assert.Single(project.Compile("using Sentry;\n" + Program)), StringComparison.Ordinal);
    }
}
