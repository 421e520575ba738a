using System.Globalization;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>One run of the program: measures what the questions hand to it, prints it and remembers whether a bound failed.</summary>
internal sealed class BenchmarkRun(TextWriter output)
{
    /// <summary>Rounds for every comparison, or <see langword="null"/> to leave each its own number.</summary>
    public int? Rounds { get; init; }

    public bool HasFailed { get; private set; }

    public void Ask(Question question)
    {
        output.WriteLine($"## {question.Name}: {question.Text}");
        question.Ask(this);
    }

    public void Report(string line) => output.WriteLine(line);

    /// <summary>Prints a figure that a question found by itself, and judges it.</summary>
    public void Judge(string what, double value, double most, double least = double.NegativeInfinity)
    {
        bool isKept = value >= least && value <= most;
        string bound = double.IsNegativeInfinity(least) ? $"<= {most.ToString(CultureInfo.InvariantCulture)}" : string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what,-32} | {value,8:0.000} | {bound,-12} | {(isKept ? "PASS" : "FAIL")} |"));
        HasFailed |= !isKept;
    }

    public void Measure(Comparison comparison)
    {
        var result = comparison.Measure(Rounds ?? comparison.Rounds);
        result.WriteTo(output);
        HasFailed |= result.HasFailed;
    }
}
