namespace Mcp.Monitoring.StatusPage.Assets;

/// <summary>The files of the page that are in the assembly.</summary>
internal static class PageFiles
{
    /// <summary>Reads a file by its name.</summary>
    public static byte[] Read(string name)
    {
        using Stream stream = typeof(PageFiles).Assembly.GetManifestResourceStream(typeof(PageFiles), name)
            ?? throw new ArgumentException($"There is no file \"{name}\".", nameof(name));
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
