using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace Mcp.Monitoring.Mutations;

/// <summary>A copy of the repository whose code in some folders can be switched to any of its mutations, built with its unit tests.</summary>
/// <param name="copy">Where it is made.</param>
/// <param name="folders">The folders, below that of the library.</param>
internal sealed partial class MutatedCopy(string copy, IReadOnlyList<string> folders)
{
    private const int MostAttempts = 8;

    private const string Switch = """
        namespace Mcp.Monitoring;

        internal static class Mutant
        {
            private static readonly int On = int.Parse(System.Environment.GetEnvironmentVariable("MUTANT") ?? "-1", System.Globalization.CultureInfo.InvariantCulture);

            public static bool Is(int number) => number == On;
        }

        """;

    /// <returns>The mutations that compile.</returns>
    public IReadOnlyList<Mutation> Build()
    {
        string root = Tool.Run(Directory.GetCurrentDirectory(), "git", "rev-parse", "--show-toplevel").Output.Trim();
        Copy(root);
        string source = Path.Combine(copy, "src", "Mcp.Monitoring");
        File.WriteAllText(Path.Combine(source, "Mutant.cs"), Switch);
        string[] files = [.. folders.SelectMany(folder => Directory.GetFiles(Path.Combine(source, folder), "*.cs", SearchOption.AllDirectories))];
        Dictionary<string, string> codes = files.ToDictionary(file => file, File.ReadAllText, StringComparer.Ordinal);
        HashSet<int> impossible = [];
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            List<Mutation> mutations = [];
            foreach ((string file, string code) in codes)
            {
                var mutator = new Mutator(Path.GetRelativePath(copy, file), impossible, mutations);
                File.WriteAllText(file, mutator.Visit(CSharpSyntaxTree.ParseText(code).GetRoot()).ToFullString());
            }

            (int code, string output) build = Tool.Run(
                copy, "dotnet", "build", "-c", "Release", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:NoWarn=CS0162", "-v", "q", "-nologo", "tests/Mcp.Monitoring.Tests");
            if (build.code == 0)
            {
                return mutations;
            }

            int known = impossible.Count;
            impossible.UnionWith(Impossible(build.output));
            if (impossible.Count == known)
            {
                throw new InvalidOperationException($"The copy does not build:\n{build.output}");
            }
        }

        throw new InvalidOperationException($"The copy does not build after {MostAttempts} attempts.");
    }

    private void Copy(string root)
    {
        foreach (string file in Tool.Run(root, "git", "ls-files").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string target = Path.Combine(copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (File.Exists(Path.Combine(root, file)))
            {
                File.Copy(Path.Combine(root, file), target);
            }
        }
    }

    // Whatever is switched on a line that does not compile.
    private static IEnumerable<int> Impossible(string output) =>
        from error in Error().Matches(output)
        let line = File.ReadLines(error.Groups["file"].Value).ElementAtOrDefault(int.Parse(error.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture) - 1) ?? ""
        from number in Number().Matches(line)
        select int.Parse(number.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?<file>/[^(\n]+)\((?<line>\d+),\d+\): error", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Error();

    [GeneratedRegex(@"Mutant\.Is\((?<number>\d+)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
