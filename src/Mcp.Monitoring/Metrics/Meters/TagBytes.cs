namespace Mcp.Monitoring.Metrics.Meters;

/// <summary>Bytes, which are one value and no list of numbers (OpenTelemetry, "Common", byte arrays).</summary>
internal static class TagBytes
{
    private const int BytesOfBlock = 3;
    private const int CharactersOfBlock = 4;

    public static bool TryGet(object? value, out ReadOnlySpan<byte> bytes)
    {
        switch (value)
        {
            // For the runtime an array of signed bytes is one of bytes as well.
            case byte[] array when array.GetType() == typeof(byte[]):
                bytes = array;
                return true;
            case ReadOnlyMemory<byte> memory:
                bytes = memory.Span;
                return true;
            case Memory<byte> memory:
                bytes = memory.Span;
                return true;
            case ArraySegment<byte> segment:
                bytes = segment;
                return true;
            default:
                bytes = default;
                return false;
        }
    }

    /// <summary>Writes bytes in Base64, a little more than so many characters at most.</summary>
    public static string Base64(ReadOnlySpan<byte> bytes, int most) =>
        Convert.ToBase64String(bytes[..Math.Min(bytes.Length, ((most / CharactersOfBlock) + 1) * BytesOfBlock)]);
}
