using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mcp.Monitoring.IntegrationTests.Package;

/// <summary>A block of a page as a file of its own: what every program on ASP.NET Core begins with is put in front where the block uses it and leaves it to the reader.</summary>
internal static class Snippet
{
    private const string Builder = "builder", App = "app";

    public static string Complete(string text)
    {
        CompilationUnitSyntax file = SyntaxFactory.ParseCompilationUnit(text);
        bool needsApp = IsLeftOut(file, App);
        string prologue = IsLeftOut(file, Builder) || (needsApp && !Declares(file, Builder)) ? "var builder = WebApplication.CreateBuilder(args);\n" : "";
        prologue += needsApp ? "var app = builder.Build();\n" : "";
        return prologue.Length == 0 ? text : text.Insert(file.Members[0].FullSpan.Start, prologue);
    }

    private static bool IsLeftOut(CompilationUnitSyntax file, string name) => !Declares(file, name)
        && file.Members.OfType<GlobalStatementSyntax>().SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Any(use => use.Identifier.Text == name && !(use.Parent is MemberAccessExpressionSyntax access && access.Name == use));

    private static bool Declares(CompilationUnitSyntax file, string name) => file.DescendantNodes().Any(node => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.Text == name,
        ParameterSyntax parameter => parameter.Identifier.Text == name,
        _ => false,
    });
}
