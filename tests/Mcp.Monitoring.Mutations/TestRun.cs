using System.Diagnostics;
using System.Globalization;

namespace Mcp.Monitoring.Mutations;

/// <summary>Runs some tests, up to the first that fails.</summary>
/// <param name="folder">The copy of the repository.</param>
/// <param name="tests">Namespaces, with commas between, and classes or tests to leave out, with a minus before; * stands for anything.</param>
internal sealed class TestRun(string folder, string tests)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    /// <returns>How long they take without a mutation; they must pass.</returns>
    public TimeSpan Time()
    {
        var watch = Stopwatch.StartNew();
        (int code, string output) = Run(-1, Longest);
        return code == 0 ? watch.Elapsed : throw new InvalidOperationException($"The tests fail without a mutation:\n{output}");
    }

    /// <summary>Finds out whether a test fails with a mutation, or does not end.</summary>
    public Verdict Of(int mutation, TimeSpan longest) => Run(mutation, longest).Code switch
    {
        0 => Verdict.Survived,
        Tool.Ended => Verdict.Hung,
        _ => Verdict.Killed,
    };

    private (int Code, string Output) Run(int mutation, TimeSpan longest) => Tool.Run(
        folder,
        Path.Combine(folder, "tests", "Mcp.Monitoring.Tests", "bin", "Release", "net10.0", "Mcp.Monitoring.Tests"),
        [.. tests.Split(',').SelectMany(name => (string[])(name.StartsWith('-') ? ["-class-", name[1..], "-method-", name[1..]] : ["-namespace", name])), "-stopOnFail", "-noLogo"],
        longest,
        ("MUTANT", mutation.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>What the tests say of a mutation.</summary>
internal enum Verdict
{
    Survived,

    /// <summary>A test has failed.</summary>
    Killed,

    /// <summary>They had not ended after several times as long as they take: found as well.</summary>
    Hung,
}
