using System.Runtime.InteropServices;
using System.Text;

namespace Mcp.Monitoring.Alerting;

/// <summary>FNV-1a of 64 bits over the sorted labels, each as <c>name 0xFF value 0xFF</c>: what Prometheus and Alertmanager call an alert by.</summary>
internal static class Fingerprint
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private const byte Separator = 0xFF;

    public static ulong Of(ReadOnlySpan<KeyValuePair<string, string>> sorted)
    {
        ulong hash = Offset;
        foreach (KeyValuePair<string, string> label in sorted)
        {
            hash = Add(Add(hash, label.Key), label.Value);
        }

        return hash;
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (char character in text)
        {
            if (character >= 0x80)
            {
                return (AddUtf8(hash, text) ^ Separator) * Prime;
            }
        }

        foreach (ref readonly ushort character in MemoryMarshal.Cast<char, ushort>(text.AsSpan()))
        {
            hash = (hash ^ character) * Prime;
        }

        return (hash ^ Separator) * Prime;
    }

    private static ulong AddUtf8(ulong hash, string text)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            foreach (byte value in bytes[..rune.EncodeToUtf8(bytes)])
            {
                hash = (hash ^ value) * Prime;
            }
        }

        return hash;
    }
}
