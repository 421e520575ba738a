namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The two numbers in an OTLP answer that the official exporters keep to themselves.</summary>
internal static class OtlpMessage
{
    private const int LongestDetails = 8 * 1024;
    private const int LongestVarint = 10;

    /// <summary>Returns how many items the receiver did not take, <c>partial_success.rejected_spans</c>; 0 where the body is no such message.</summary>
    public static long Rejected(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> partial = Field(message, 1, out _);
        Field(partial, 1, out ulong rejected);
        return Math.Max(0, (long)rejected);
    }

    /// <summary>Returns the wait that a gRPC status asks for: <c>google.rpc.RetryInfo</c> among its details.</summary>
    /// <param name="details">The trailer <c>grpc-status-details-bin</c>, base64 with or without padding.</param>
    public static TimeSpan? RetryDelay(string? details)
    {
        byte[] status = new byte[LongestDetails];
        if (details is not { Length: > 0 and <= LongestDetails }
            || !Convert.TryFromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='), status, out int length))
        {
            return null;
        }

        ReadOnlySpan<byte> type = "/google.rpc.RetryInfo"u8;
        ReadOnlySpan<byte> rest = status.AsSpan(0, length);
        if (rest.IndexOf(type) is not (>= 0 and var at))
        {
            return null;
        }

        // Behind the name of its type is the value: { retry_delay: { seconds, nanos } }.
        ReadOnlySpan<byte> delay = Field(Field(rest[(at + type.Length)..], 2, out _), 1, out _);
        Field(delay, 1, out ulong seconds);
        Field(delay, 2, out ulong nanos);
        return TimeSpan.FromSeconds(Math.Clamp((long)seconds + ((int)nanos / 1e9), 0, int.MaxValue));
    }

    // The first field of a number: its bytes, or its value where it is one. Ends where the message does, or is none.
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> message, int number, out ulong value)
    {
        while (TryReadVarint(ref message, out ulong key))
        {
            ReadOnlySpan<byte> bytes = default;
            value = 0;
            int length = (key & 7) switch
            {
                0 when TryReadVarint(ref message, out value) => 0,
                1 => sizeof(ulong),
                2 when TryReadVarint(ref message, out ulong size) && size <= (ulong)message.Length => (int)size,
                5 => sizeof(uint),
                _ => int.MaxValue,
            };
            if (length > message.Length)
            {
                break;
            }

            bytes = message[..length];
            message = message[length..];
            if (key >> 3 == (ulong)number)
            {
                return bytes;
            }
        }

        value = 0;
        return default;
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> rest, out ulong value)
    {
        value = 0;
        for (int i = 0; i < rest.Length && i < LongestVarint; i++)
        {
            value |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
