using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mcp.Monitoring.Infrastructure.Redaction.Escapes;

/// <summary>Escapes of URLs: each byte of UTF-8 as <c>%</c> and two digits.</summary>
internal static class PercentEscape
{
    private const int LengthOfByte = 3;
    private const int MostBytes = 4;

    /// <returns>0 where none begins.</returns>
    public static int LengthAtStart(ReadOnlySpan<char> text, out char character)
    {
        character = '%';
        Span<byte> bytes = stackalloc byte[MostBytes];
        int count = 0;
        while (count < MostBytes && TryByte(text[Math.Min(text.Length, count * LengthOfByte)..], out bytes[count]))
        {
            count++;
            if (bytes[0] < 0x80)
            {
                break;
            }
        }

        if (count == 0)
        {
            return 0;
        }

        if (Rune.DecodeFromUtf8(bytes[..count], out Rune rune, out int used) != OperationStatus.Done)
        {
            return 0;
        }

        character = rune.IsBmp ? (char)rune.Value : '\uFFFD';
        return used * LengthOfByte;
    }

    private static bool TryByte(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        return text.Length >= LengthOfByte && text[0] == '%' && byte.TryParse(text.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
