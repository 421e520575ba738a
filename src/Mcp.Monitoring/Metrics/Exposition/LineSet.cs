namespace Mcp.Monitoring.Metrics.Exposition;

/// <summary>The beginnings, <c>name{labels} </c>, of the lines of one series, encoded once and copied at each scrape.</summary>
internal sealed class LineSet(byte[] text, int[] ends)
{
    public const int FormatCount = 3;

    public int Count => ends.Length;

    public ReadOnlySpan<byte> this[int line] => text.AsSpan(line == 0 ? 0 : ends[line - 1], LengthOf(line));

    private int LengthOf(int line) => ends[line] - (line == 0 ? 0 : ends[line - 1]);
}
