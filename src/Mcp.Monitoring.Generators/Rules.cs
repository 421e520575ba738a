using Microsoft.CodeAnalysis;

namespace Mcp.Monitoring.Generators;

/// <summary>What the build says of a function that it cannot measure: why, and what to do.</summary>
internal static class Rules
{
    private const string Category = "Mcp.Monitoring";

    public static readonly DiagnosticDescriptor Delegate = Rule(
        "MCPM001",
        "A monitored function is used as a delegate",
        "'{0}' is used as a delegate, and calls through it are not measured as '{1}'; write a lambda that calls it",
        "Calls are measured where they stand in the code. A method that is made a delegate is called elsewhere.");

    public static readonly DiagnosticDescriptor Base = Rule(
        "MCPM002",
        "A monitored function is called through base",
        "'{0}' is called through base, and this call is not measured as '{1}'; move the work to a method that is not virtual and has the attribute",
        "Generated code stands outside of the class, from where such a call would be one of the override.");

    public static readonly DiagnosticDescriptor Reach = Rule(
        "MCPM003",
        "A monitored function cannot be reached from generated code",
        "This call of '{0}' is not measured as '{1}', since {2}; make it internal",
        "The code that measures a call stands outside of the class, in the same assembly.");

    public static readonly DiagnosticDescriptor Signature = Rule(
        "MCPM004",
        "The signature of a monitored function cannot be handed on",
        "This call of '{0}' is not measured as '{1}', since {2}; put the attribute on an ordinary method of a class, or use McpMonitor.Begin around the work",
        "Returns by reference, ref structs that are returned, pointers and methods of structs cannot be handed on by generated code.");

    public static readonly DiagnosticDescriptor Expression = Rule(
        "MCPM005",
        "A monitored function is called in an expression tree",
        "'{0}' is called in an expression tree, and this call is not measured as '{1}'; call it outside of the expression",
        "An expression is data for who reads it, and what it names must stay.");

    public static readonly DiagnosticDescriptor Language = Rule(
        "MCPM006",
        "The language version of the project is too old",
        "This call of '{0}' is not measured as '{1}', since the project is in C# 10 or older; remove LangVersion from it, or set it to 11 or later",
        "The code that measures calls is in a type that is local to its file, which C# has from version 11 on.");

    public static readonly DiagnosticDescriptor Off = Rule(
        "MCPM007",
        "Interceptors are not on in the project",
        "This call of '{0}' is not measured as '{1}', since the build files of the package Mcp.Monitoring are left out; reference it without ExcludeAssets, or add Mcp.Monitoring.Generated to InterceptorsNamespaces",
        "The package adds its namespace to the property InterceptorsNamespaces of every project that uses it.");

    public static readonly DiagnosticDescriptor Place = Rule(
        "MCPM008",
        "No call of what has the attribute can be measured",
        "[MonitorFunction] on '{0}' has no effect, since {1}; {2}",
        "Only ordinary methods with a name for the function can be measured.");

    private static DiagnosticDescriptor Rule(string id, string title, string message, string description) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, description);
}
