using System.Reflection;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>The repository that these tests were built from, and how.</summary>
internal static class Repository
{
    public static string Root { get; } = Built("RepositoryFolder");

    public static string Configuration { get; } = Built("Configuration");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    private static string Built(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
