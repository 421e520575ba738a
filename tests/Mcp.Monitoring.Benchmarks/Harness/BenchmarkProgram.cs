using System.Globalization;

namespace Mcp.Monitoring.Benchmarks.Harness;

/// <summary>The command line: names of questions, <c>--list</c>, <c>--rounds N</c>.</summary>
internal static class BenchmarkProgram
{
    /// <returns>0 when every bound held, 1 when one failed, 2 when the arguments make no sense.</returns>
    public static int Run(string[] args, IReadOnlyList<Question> questions, TextWriter output)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        int? rounds = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--list")
            {
                List(questions, output);
                return 0;
            }

            if (args[i] is "--rounds" && i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var value) && value >= Comparison.FewestRounds)
            {
                rounds = value;
                i++;
            }
            else if (questions.Any(q => string.Equals(q.Name, args[i], StringComparison.Ordinal)))
            {
                names.Add(args[i]);
            }
            else
            {
                output.WriteLine($"{args[i]} is no question. Use one of these, or --rounds N with N of {Comparison.FewestRounds} or more:");
                List(questions, output);
                return 2;
            }
        }

        var run = new BenchmarkRun(output) { Rounds = rounds };
        foreach (var question in questions.Where(q => names.Count == 0 ? !q.IsExploration : names.Contains(q.Name)))
        {
            run.Ask(question);
        }

        return run.HasFailed ? 1 : 0;
    }

    private static void List(IReadOnlyList<Question> questions, TextWriter output)
    {
        foreach (var question in questions)
        {
            output.WriteLine($"{question.Name,-22} {question.Text}{(question.IsExploration ? " (only by name)" : string.Empty)}");
        }
    }
}
