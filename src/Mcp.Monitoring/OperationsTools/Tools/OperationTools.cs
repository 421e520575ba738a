using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.Operations;
using Mcp.Monitoring.OperationsTools.Answers;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary><c>list_operations</c> and <c>explain_operation</c>.</summary>
internal static class OperationTools
{
    private static readonly string[] Types = [.. OperationLabels.Types.Select(type => type.Label())];

    private static readonly ChoiceArgument OfType = new("type", "Those of one type only.", Types);
    private static readonly IntegerArgument Limit = new("limit", "How many at most.", 1, 200) { Usual = 50 };
    private static readonly ChoiceArgument Type = new("type", "Its type; tools where it is left out.", Types);
    private static readonly TextArgument Name = new("name", $"Its name, from {ToolNames.ListOperations}.") { IsRequired = true };

    private static readonly ToolDescription ListDescription = new()
    {
        Name = ToolNames.ListOperations,
        Title = "List operations",
        Description = "The tools, resources, prompts and other operations of this server with calls, errors and p95 of the last hour, what hurts most first.",
        Arguments = [OfType, Limit],
    };

    private static readonly ToolDescription ExplainDescription = new()
    {
        Name = ToolNames.ExplainOperation,
        Title = "Explain an operation",
        Description = "One operation in depth: errors by type and dependency, where its time goes, trend by 10 minutes, last failures, incidents. All of the last hour.",
        Arguments = [Type, Name],
    };

    public static McpServerTool List(ToolFactory factory) => factory.Create(ListDescription, AnswersJson.Default.OperationsAnswer, async (arguments, _, cancellationToken) =>
    {
        StatusView status = await factory.Sources.StatusAsync(cancellationToken).ConfigureAwait(false);
        string? type = arguments.Text(OfType);
        OperationView[] wanted = [.. status.Operations.Where(operation => type is null || operation.Type == type)];
        return new OperationsAnswer { Operations = [.. wanted.Take(arguments.Integer(Limit)).Select(OperationAnswer.Of)], Total = wanted.Length };
    });

    public static McpServerTool Explain(ToolFactory factory) => factory.Create(ExplainDescription, AnswersJson.Default.OperationStory, async (arguments, _, cancellationToken) =>
    {
        string name = arguments.Text(Name)!;
        string type = arguments.Text(Type) ?? OperationType.Tools.Label();
        return await factory.Sources.Views.OperationAsync(type, name, cancellationToken).ConfigureAwait(false) is { } detail
            ? OperationStory.Of(detail)
            : throw new RefusedCall(await UnknownAsync(factory.Sources, type, name, cancellationToken).ConfigureAwait(false), name);
    });

    /// <summary>Says that there is no such operation, and which may be meant.</summary>
    public static async Task<string> UnknownAsync(OperationsSources sources, string? type, string name, CancellationToken cancellationToken)
    {
        IEnumerable<OperationView> known = (await sources.StatusAsync(cancellationToken).ConfigureAwait(false)).Operations;
        string suggestion = NearestName.Suggest(name, known.Where(operation => type is null || operation.Type == type).Select(operation => Plain.Name(operation.Name)).OfType<string>());
        return $"There is no operation of this name{(type is null ? "" : $" and of type {type}")}. {suggestion}{ToolNames.ListOperations} has their names.";
    }
}
