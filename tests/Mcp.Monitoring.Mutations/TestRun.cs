using System.Diagnostics;
using System.Globalization;

namespace Mcp.Monitoring.Mutations;

/// <summary>Runs the tests of some namespaces, up to the first that fails.</summary>
/// <param name="folder">The copy of the repository.</param>
/// <param name="spaces">The namespaces, with commas between; * stands for any end.</param>
internal sealed class TestRun(string folder, string spaces)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    /// <returns>How long they take without a mutation; they must pass.</returns>
    public TimeSpan Time()
    {
        var watch = Stopwatch.StartNew();
        (int code, string output) = Run(-1, Longest);
        return code == 0 ? watch.Elapsed : throw new InvalidOperationException($"The tests fail without a mutation:\n{output}");
    }

    /// <summary>Finds out whether a test fails, or does not end, with a mutation.</summary>
    public bool Finds(int mutation, TimeSpan longest) => Run(mutation, longest).Code != 0;

    private (int Code, string Output) Run(int mutation, TimeSpan longest) => Tool.Run(
        folder,
        Path.Combine(folder, "tests", "Mcp.Monitoring.Tests", "bin", "Release", "net10.0", "Mcp.Monitoring.Tests"),
        [.. spaces.Split(',').SelectMany(space => (string[])["-namespace", space]), "-stopOnFail", "-noLogo"],
        longest,
        ("MUTANT", mutation.ToString(CultureInfo.InvariantCulture)));
}
