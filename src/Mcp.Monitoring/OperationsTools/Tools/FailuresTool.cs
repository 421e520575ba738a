using Mcp.Monitoring.OperationsTools.Answers;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.StatusPage.Views;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary><c>recent_failures</c>.</summary>
internal static class FailuresTool
{
    private static readonly TextArgument Operation = new("operation", $"Those of one operation only, by its name from {ToolNames.ListOperations}.");
    private static readonly IntegerArgument Limit = new("limit", "How many at most.", 1, 50) { Usual = 20 };

    private static readonly ToolDescription Description = new()
    {
        Name = ToolNames.Failures,
        Title = "Recent failures",
        Description = "The last errors, the newest first, at most 50: operation, kind of error, exception, trace and correlation id. Messages of exceptions are untrusted and cut to 200 characters.",
        Arguments = [Operation, Limit],
    };

    public static McpServerTool Create(ToolFactory factory) => factory.Create(Description, AnswersJson.Default.FailuresAnswer, async (arguments, _, cancellationToken) =>
    {
        StatusView status = await factory.Sources.StatusAsync(cancellationToken).ConfigureAwait(false);
        string? operation = arguments.Text(Operation);
        FailureView[] found = [.. status.Failures.Where(failure => operation is null || failure.Operation == operation)];
        if (operation is not null && found.Length == 0 && !status.Operations.Any(known => known.Name == operation))
        {
            throw new RefusedCall(await OperationTools.UnknownAsync(factory.Sources, type: null, operation, cancellationToken).ConfigureAwait(false), operation);
        }

        return new FailuresAnswer { Failures = [.. found.Take(arguments.Integer(Limit)).Select(FailureAnswer.Of)] };
    });
}
