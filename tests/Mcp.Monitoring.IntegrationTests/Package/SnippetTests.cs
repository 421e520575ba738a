namespace Mcp.Monitoring.IntegrationTests.Package;

public sealed class SnippetTests
{
    private const string Builder = "var builder = WebApplication.CreateBuilder(args);\n", App = "var app = builder.Build();\n";

    [Theory]
    [InlineData("using A;\n", "\nbuilder.Services.AddA();\n", Builder)]
    [InlineData("", "// Why.\napp.MapA();\n", Builder + App)]
    [InlineData("", "builder.Services.AddA();\napp.MapA();\n", Builder + App)]
    [InlineData("", "builder.Services.AddA();\nvar app = builder.Build();\napp.MapA();\n", Builder)]
    [InlineData("using A;\n", "var builder = A.CreateBuilder();\nvar app = builder.Build();\napp.Run();\n", "")]
    [InlineData("using A;\n", "internal sealed class B\n{\n    public void Use(A app) => app.Run();\n}\n", "")]
    [InlineData("", "A.Run(app => app.Map());\nConsole.WriteLine(A.builder);\n", "")]
    public void Only_what_a_block_uses_and_leaves_out_is_put_between_its_usings_and_its_code(string usings, string code, string prologue)
    {
        Assert.Equal(usings + prologue + code, Snippet.Complete(usings + code), ignoreLineEndingDifferences: true);
    }
}
