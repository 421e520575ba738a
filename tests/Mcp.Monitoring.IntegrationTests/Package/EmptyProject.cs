using System.Text.Json;
using Mcp.Monitoring.IntegrationTests.Processes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>What the compiler is given in an empty web project with some packages, besides the file of the reader: the implicit usings and the references, as MSBuild says them.</summary>
internal sealed class EmptyProject
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    private readonly SyntaxTree _usings;
    private readonly MetadataReference[] _references;

    private EmptyProject(IEnumerable<JsonElement> usings, IEnumerable<JsonElement> references)
    {
        _usings = CSharpSyntaxTree.ParseText(string.Concat(usings.Select(name => $"global using {Value(name, "Identity")};\n")), Language);
        _references = [.. references.Select(reference => MetadataReference.CreateFromFile(Value(reference, "FullPath")))];
    }

    /// <param name="folder">An empty folder, below a configuration of NuGet that finds the packages.</param>
    /// <param name="packages">Their names and versions.</param>
    public static async Task<EmptyProject> CreateAsync(string folder, IEnumerable<(string Name, string Version)> packages)
    {
        string references = string.Concat(packages.Select(package => $"    <PackageReference Include=\"{package.Name}\" Version=\"{package.Version}\" />\n"));
        string project = $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
            {references}  </ItemGroup>
            </Project>
            """;
        await File.WriteAllTextAsync(Path.Combine(folder, "Empty.csproj"), project, TestContext.Current.CancellationToken);
        string said = await Command.DotnetAsync(folder, "msbuild", "-restore", "-target:ResolveReferences;FindReferenceAssembliesForReferences", "-getItem:Using,ReferencePathWithRefAssemblies");
        JsonElement items = JsonElement.Parse(said).GetProperty("Items");
        return new EmptyProject(items.GetProperty("Using").EnumerateArray(), items.GetProperty("ReferencePathWithRefAssemblies").EnumerateArray());
    }

    /// <returns>What the compiler says of a file: errors and warnings.</returns>
    public IReadOnlyList<string> Compile(string text)
    {
        SyntaxTree file = CSharpSyntaxTree.ParseText(text, Language);
        bool hasStatements = file.GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement);
        var options = new CSharpCompilationOptions(
            hasStatements ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, warningLevel: 10, nullableContextOptions: NullableContextOptions.Enable)
            // As the SDK of .NET has it: a package may be made for an older framework.
            .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);
        return [.. CSharpCompilation.Create("snippet", [_usings, file], _references, options).GetDiagnostics().Where(said => said.Severity >= DiagnosticSeverity.Warning).Select(said => said.ToString())];
    }

    private static string Value(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
