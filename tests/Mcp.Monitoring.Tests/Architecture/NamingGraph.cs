using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Tests.Architecture;

/// <summary>
/// Which file of the library names which part of it. A part is the first two segments of a path: <c>Metrics/Registry</c> with all below it, and <c>Metrics</c>
/// for the files right in that folder.
/// </summary>
internal static partial class NamingGraph
{
    private const string Own = "Mcp.Monitoring";

    private static readonly ILookup<string, Declaration> Types = SourceTree.Library
        .SelectMany(file => Type().Matches(file.Code).Select(match => new Declaration(match.Groups["name"].Value, SpaceOf(file), PartOf(file.Folder))))
        .ToLookup(type => type.Name, StringComparer.Ordinal);

    /// <summary>Gets each naming of another part, but those of and by the root.</summary>
    public static IReadOnlyList<Naming> All { get; } = [.. SourceTree.Library.Where(file => file.Folder.Length > 0).SelectMany(Of)];

    public static string PartOf(string folder) => string.Join('/', folder.Split('/').Take(2));

    public static string ConcernOf(string folder) => folder.Split('/')[0];

    private static IEnumerable<Naming> Of(SourceFile file)
    {
        string own = PartOf(file.Folder);
        string[] usings = [.. Using().Matches(file.Code).Select(match => match.Groups["name"].Value)];
        string[] around = [.. Around(SpaceOf(file))];
        string code = Text().Replace(Head().Replace(file.Code, ""), "\"\"");
        IEnumerable<string> ofUsings = usings.Where(IsOwnSpace).Select(PartOfSpace);
        IEnumerable<string> ofTypes = Name().Matches(code).Select(match => match.Value).Distinct(StringComparer.Ordinal).SelectMany(name => PartsNamed(name, around, usings));
        return ofUsings.Concat(ofTypes).Where(part => part.Length > 0 && part != own).Distinct(StringComparer.Ordinal).Select(part => new Naming(file, own, part));
    }

    // A type by itself, where its namespace is seen, or behind a namespace, which may begin anywhere around.
    private static IEnumerable<string> PartsNamed(string name, string[] around, string[] usings)
    {
        string[] words = name.Split('.');
        foreach (Declaration type in Types[words[0]].Where(type => around.Contains(type.Space, StringComparer.Ordinal) || usings.Contains(type.Space, StringComparer.Ordinal)))
        {
            yield return type.Part;
        }

        for (int i = 1; i < words.Length; i++)
        {
            string before = string.Join('.', words[..i]);
            foreach (Declaration type in Types[words[i]].Where(type => type.Space == before || around.Any(space => type.Space == $"{space}.{before}")))
            {
                yield return type.Part;
            }
        }
    }

    private static IEnumerable<string> Around(string space)
    {
        for (int end = space.Length; end > 0; end = space.LastIndexOf('.', end - 1))
        {
            yield return space[..end];
        }
    }

    private static bool IsOwnSpace(string space) => space.StartsWith(Own + ".", StringComparison.Ordinal);

    private static string PartOfSpace(string space) => PartOf(space[(Own.Length + 1)..].Replace('.', '/'));

    private static string SpaceOf(SourceFile file) => Declared().Match(file.Code).Groups["name"].Value;

    [GeneratedRegex(@"^(public|internal)\b[a-z ]*\b(class|struct|record|enum|interface|delegate [\w?<>]+) (?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Type();

    [GeneratedRegex(@"^using (static |\w+ = )?(?<name>[\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Using();

    [GeneratedRegex(@"^(using [\w.]+|namespace [\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Head();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Declared();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(\.[A-Z]\w*)*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Name();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\\n])*\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Text();

    private sealed record Declaration(string Name, string Space, string Part);
}

/// <summary>A file of one part names another.</summary>
internal sealed record Naming(SourceFile File, string From, string To);
