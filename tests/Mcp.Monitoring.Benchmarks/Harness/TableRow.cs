using System.Globalization;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>One printed line; <see langword="null"/> leaves its cell empty.</summary>
internal sealed record TableRow(string Name, double? Nanoseconds, Interval Ratio, double? Bytes, double? ExtraBytes, Verdict? Verdict)
{
    private static readonly string[] s_header = ["variant", "ns", "ratio", "95 % interval", "B/op", "more B", "bound", "verdict"];

    public static void Write(IReadOnlyList<TableRow> rows, TextWriter output)
    {
        string[][] cells = [s_header, .. rows.Select(r => r.Cells())];
        var widths = s_header.Select((_, column) => cells.Max(c => c[column].Length)).ToArray();
        WriteLine(cells[0], widths, output);
        WriteLine([.. widths.Select(w => new string('-', w))], widths, output);
        foreach (var row in cells.Skip(1))
        {
            WriteLine(row, widths, output);
        }
    }

    private static void WriteLine(string[] cells, int[] widths, TextWriter output)
    {
        // Words to the left, numbers to the right.
        var padded = cells.Select((cell, i) => i is 0 or >= 6 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
        output.WriteLine($"| {string.Join(" | ", padded)} |");
    }

    private string[] Cells() =>
    [
        Name,
        Nanoseconds is { } ns ? Text(ns, ns < 100 ? "0.00" : "#,0") : string.Empty,
        Text(Ratio.Median, "0.000"),
        $"{Text(Ratio.Low, "0.000")} - {Text(Ratio.High, "0.000")}",
        Bytes is { } bytes ? Text(bytes, "#,0.#") : string.Empty,
        ExtraBytes is { } extra ? Text(extra, "+#,0.#;-#,0.#;0") : string.Empty,
        Verdict?.Limits ?? string.Empty,
        Verdict?.ToString() ?? string.Empty,
    ];

    private static string Text(double value, string format) => double.IsNaN(value) ? "not measured" : value.ToString(format, CultureInfo.InvariantCulture);
}
