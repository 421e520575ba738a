using System.Security.Cryptography;

namespace Mcp.Monitoring.Configuration;

/// <summary>What a file held, or why it could not be read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Most">How many bytes of it are taken; one more is read, so that what is too long is known without reading it.</param>
/// <param name="Bytes">What it held, at most one byte more than is taken.</param>
/// <param name="Problem">Why it could not be read.</param>
internal sealed record FileReading(string Path, int Most, byte[] Bytes, Exception? Problem)
{
    /// <summary>Gets what tells this content, or this problem, from another.</summary>
    public string Stamp { get; } = Problem is null ? Convert.ToHexString(SHA256.HashData(Bytes)) : $"{Problem.GetType().Name} {Problem.Message}";

    public static FileReading Of(string path, int most)
    {
        try
        {
            return new FileReading(path, most, Read(path, most), Problem: null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return new FileReading(path, most, [], unreadable);
        }
    }

    /// <summary>Returns it without what it held, which may be a secret, to be compared later.</summary>
    public FileReading WithoutContent() => this with { Bytes = [] };

    /// <summary>Reads the file again.</summary>
    public FileReading Again() => Of(Path, Most);

    private static byte[] Read(string path, int most)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = RegularFile.Open(path);

        // Files of /proc say that they are empty.
        long length = RandomAccess.GetLength(file);
        byte[] bytes = new byte[(length > 0 ? Math.Min(length, most) : most) + 1];
        int count = 0;
        while (count < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(count), count) is > 0 and var read)
        {
            count += read;
        }

        return bytes[..count];
    }
}
