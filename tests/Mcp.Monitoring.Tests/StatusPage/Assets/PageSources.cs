using System.Text;
using Mcp.Monitoring.StatusPage.Assets;

namespace Mcp.Monitoring.Tests.StatusPage.Assets;

/// <summary>The files of the page as they are in the assembly.</summary>
internal static class PageSources
{
    private static readonly string Prefix = $"{typeof(PageFiles).Namespace}.";

    /// <summary>Gets the names of all.</summary>
    public static string[] Names { get; } =
    [
        .. typeof(PageFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal),
    ];

    public static string Read(string name) => Encoding.UTF8.GetString(PageFiles.Read(name));

    public static string[] OfType(string extension) => [.. Names.Where(name => Path.GetExtension(name) == extension)];
}
