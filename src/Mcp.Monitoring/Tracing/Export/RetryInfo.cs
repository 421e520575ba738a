using System.Text;

namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The wait that a gRPC status asks for: <c>google.rpc.RetryInfo</c> among the details of <c>google.rpc.Status</c>.</summary>
internal static class RetryInfo
{
    private const int DetailsField = 3, TypeField = 1, ValueField = 2, DelayField = 1, SecondsField = 1, NanosField = 2;
    private const int LongestHeader = 8 * 1024;

    /// <param name="details">The trailer <c>grpc-status-details-bin</c>, base64 with or without padding.</param>
    public static TimeSpan? Delay(string? details)
    {
        if (details is not { Length: > 0 and <= LongestHeader })
        {
            return null;
        }

        byte[] status = new byte[LongestHeader];
        string padded = details.PadRight((details.Length + 3) / 4 * 4, '=');
        if (!Convert.TryFromBase64String(padded, status, out int length))
        {
            return null;
        }

        var fields = new ProtobufFields(status.AsSpan(0, length));
        while (fields.MoveNext())
        {
            if (fields.Number == DetailsField && OfDetail(fields.Bytes) is { } delay)
            {
                return RetryDelay.Limited(delay);
            }
        }

        return null;
    }

    private static TimeSpan? OfDetail(ReadOnlySpan<byte> any)
    {
        ReadOnlySpan<byte> type = default, value = default;
        var fields = new ProtobufFields(any);
        while (fields.MoveNext())
        {
            type = fields.Number == TypeField ? fields.Bytes : type;
            value = fields.Number == ValueField ? fields.Bytes : value;
        }

        return Encoding.UTF8.GetString(type).EndsWith("/google.rpc.RetryInfo", StringComparison.Ordinal) ? OfRetryInfo(value) : null;
    }

    private static TimeSpan OfRetryInfo(ReadOnlySpan<byte> info)
    {
        double seconds = 0;
        var fields = new ProtobufFields(info);
        while (fields.MoveNext())
        {
            if (fields.Number != DelayField)
            {
                continue;
            }

            var duration = new ProtobufFields(fields.Bytes);
            while (duration.MoveNext())
            {
                seconds += duration.Number == SecondsField ? (long)duration.Value : duration.Number == NanosField ? (int)duration.Value / 1e9 : 0;
            }
        }

        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, int.MaxValue));
    }
}
