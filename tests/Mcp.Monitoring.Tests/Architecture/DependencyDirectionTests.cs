using System.Text.RegularExpressions;

namespace Mcp.Monitoring.Tests.Architecture;

/// <summary>Folders know each other one way only. A folder that is new here needs a line in the table of docs/architecture.md: that is the moment to think about whom it knows.</summary>
public partial class DependencyDirectionTests
{
    private const string Own = "Mcp.Monitoring";
    private const int LongestFile = 350;

    /// <summary>The one file at the root that speaks of the SDK: the extension of its options.</summary>
    private const string ServerExtension = "McpMonitoringServerOptionsExtensions.cs";

    private static readonly IReadOnlyDictionary<string, string[]> Known = ArchitectureMap.Read("architecture.md");

    /// <summary>Where users look: a public type is in the namespace of its first folder if that is one of these, else in <c>Mcp.Monitoring</c> itself.</summary>
    private static readonly string[] Rooms = ["Alerting", "Errors"];

    // A row for each of a thousand files would be a fifth of all tests; a failure names all files that are wrong.
    private static SourceFile[] Files { get; } = [.. SourceTree.Library.Where(file => file.Folder.Length > 0)];

    [Fact]
    public void Files_name_only_the_folders_that_their_own_may_know() => Assert.Empty(NamingGraph.All
        .Where(naming => Concern(naming.From) != Concern(naming.To) && !Known[Concern(naming.From)].Contains(Concern(naming.To), StringComparer.Ordinal))
        .Select(naming => $"{naming.File} names {naming.To}"));

    [Fact]
    public void Parts_of_a_folder_know_each_other_one_way_only()
    {
        ILookup<string, string> inside = NamingGraph.All.Where(naming => Concern(naming.From) == Concern(naming.To)).ToLookup(naming => naming.From, naming => naming.To, StringComparer.Ordinal);
        IEnumerable<string> circles = inside.Select(part => part.Key).Where(part => ArchitectureMap.Reached(part, known => inside[known]).Contains(part));

        Assert.Empty(circles.Select(part => $"{part} knows itself by way of {string.Join(", ", inside[part].Distinct(StringComparer.Ordinal))}"));
    }

    [Fact]
    public void Both_pages_have_the_same_map() => Assert.Equal(Known, ArchitectureMap.Read("architecture.ru.md"));

    [Fact]
    public void No_file_is_longer_than_a_reader_keeps_in_mind() => Assert.DoesNotContain(
        SourceTree.Library.Select(file => (file.Path, Lines: File.ReadLines(Path.Combine(SourceTree.Root, "src", Own, file.Path)).Count())),
        file => file.Lines > LongestFile);

    [Fact]
    public void Files_name_nothing_of_the_root_but_that_the_host_starts_the_static_monitor() => Assert.All(Files, file =>
    {
        string[] allowed = file.Folder == "Hosting" ? ["McpMonitor"] : [];
        HashSet<string> words = Words(file);

        Assert.Empty(TypesOfRoot.Where(words.Contains).Except(allowed, StringComparer.Ordinal));
    });

    [Fact]
    public void Folders_and_the_map_are_the_same() => Assert.Equal(FoldersOfLibrary().Select(Concern).Distinct().Order(StringComparer.Ordinal), Known.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Map_has_no_circle()
    {
        foreach (string concern in Known.Keys)
        {
            Assert.DoesNotContain(concern, ArchitectureMap.Reached(concern, known => Known[known]));
        }
    }

    [Fact]
    public void Only_one_folder_names_the_SDK_of_Sentry() =>
        Assert.All(Files.Where(file => !file.Folder.StartsWith("Errors/Sentry", StringComparison.Ordinal)), file => Assert.False(NamesSentry().IsMatch(file.Code), $"{file} names Sentry's SDK."));

    [Fact]
    public void Only_the_door_of_MCP_servers_and_the_server_of_the_operations_name_the_SDK() =>
        Assert.All(Files.Where(file => file.Folder != "Instrumentation/Mcp" && Concern(file.Folder) != "OperationsTools"), file => Assert.False(NamesSdk(file), $"{file} names ModelContextProtocol."));

    [Fact]
    public void At_the_root_only_the_extension_of_its_options_names_the_SDK()
    {
        string[] naming = [.. SourceTree.Library.Where(file => file.Folder.Length == 0 && NamesSdk(file)).Select(file => file.Path)];

        Assert.Equal(ServerExtension, Assert.Single(naming));
    }

    [Fact]
    public void Folders_are_not_named_after_a_library()
    {
        string[] libraries =
        [
            "Sentry", "Prometheus", "OpenTelemetry", "Polly", "YamlDotNet", "Serilog", "MailKit", "Npgsql", "Zipkin", "Jaeger", "Grafana", "Xunit", "System", "Microsoft",
            .. Package().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "Directory.Packages.props"))).Select(match => match.Groups["first"].Value),
        ];

        // The places that speak the language of one service are called what they speak of.
        Assert.All(FoldersOfLibrary().Where(folder => !folder.StartsWith("Errors/Sentry", StringComparison.Ordinal) && !folder.StartsWith("Alerting/Channels/", StringComparison.Ordinal)), folder => Assert.Empty(folder.Split('/').Intersect(libraries, StringComparer.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Namespace_is_the_folder_and_that_of_public_types_is_where_users_look() => Assert.All(Files, file =>
    {
        string concern = Concern(file.Folder);
        string place = !PublicTypes(file).Any() ? $".{file.Folder.Replace('/', '.')}" : Rooms.Contains(concern) ? $".{concern}" : "";

        Assert.Equal(Own + place, Declared().Match(file.Code).Groups["name"].Value);
    });

    [Fact]
    public void Library_was_found()
    {
        Assert.True(SourceTree.Library.Count > 50);
        Assert.Contains(SourceTree.Library, file => NamesSdk(file));
        Assert.Contains("McpMonitor", TypesOfRoot, StringComparer.Ordinal);
        Assert.Contains(NamingGraph.All, naming => naming is { File.Path: "Metrics/Registry/MetricsRegistry.cs", To: "Metrics" });
        Assert.Contains(NamingGraph.All, naming => naming is { File.Path: "Hosting/MetricsEndpoint.cs", To: "Metrics/Meters" });
    }

    private static string Concern(string folder) => NamingGraph.ConcernOf(folder);

    // The name of the SDK's meter in a text binds nobody to the SDK.
    private static bool NamesSdk(SourceFile file) => Text().Replace(file.Code, "\"\"").Contains("ModelContextProtocol", StringComparison.Ordinal);

    private static SortedSet<string> FoldersOfLibrary() =>
        new(SourceTree.Library.Select(file => file.Folder).Where(folder => folder.Length > 0), StringComparer.Ordinal);

    private static SortedSet<string> TypesOfRoot { get; } =
        new(SourceTree.Library.Where(file => file.Folder.Length == 0).SelectMany(file => Type().Matches(file.Code)).Select(match => match.Groups["name"].Value), StringComparer.Ordinal);

    private static IEnumerable<string> PublicTypes(SourceFile file) => PublicType().Matches(file.Code).Select(match => match.Groups["name"].Value);

    // Not those of messages, which name settings by their path, and that begins like the options.
    private static HashSet<string> Words(SourceFile file) => new(Word().Matches(Text().Replace(file.Code, "\"\"")).Select(match => match.Value), StringComparer.Ordinal);

    [GeneratedRegex(@"\b(class|struct|record|enum|interface) (?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Type();

    [GeneratedRegex(@"^public [a-z ]*\b(class|struct|record|enum|interface) (?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\w+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\\n])*\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Text();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Declared();

    [GeneratedRegex("PackageVersion Include=\"(?<first>[A-Za-z0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Package();

    [GeneratedRegex(@"\busing Sentry\b|global::Sentry\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NamesSentry();
}
