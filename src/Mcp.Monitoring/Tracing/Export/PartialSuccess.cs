namespace Mcp.Monitoring.Tracing.Export;

/// <summary>The body of an OTLP answer, <c>ExportTraceServiceResponse</c>.</summary>
internal static class PartialSuccess
{
    private const int PartialSuccessField = 1;
    private const int RejectedField = 1;

    /// <summary>Returns how many items the receiver did not take; 0 where the body is none.</summary>
    public static long Rejected(ReadOnlySpan<byte> message)
    {
        var answer = new ProtobufFields(message);
        while (answer.MoveNext())
        {
            if (answer.Number != PartialSuccessField)
            {
                continue;
            }

            var partial = new ProtobufFields(answer.Bytes);
            while (partial.MoveNext())
            {
                if (partial.Number == RejectedField)
                {
                    return Math.Max(0, (long)partial.Value);
                }
            }
        }

        return 0;
    }
}
