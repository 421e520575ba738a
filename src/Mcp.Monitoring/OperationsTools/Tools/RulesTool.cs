using Mcp.Monitoring.Infrastructure.Validation;
using Mcp.Monitoring.OperationsTools.Answers;
using Mcp.Monitoring.OperationsTools.Calls;
using Mcp.Monitoring.OperationsTools.Text;
using Mcp.Monitoring.StatusPage.Views;
using ModelContextProtocol.Server;

namespace Mcp.Monitoring.OperationsTools.Tools;

/// <summary><c>list_alert_rules</c>.</summary>
internal static class RulesTool
{
    private static readonly TextArgument Name = new("name", "One rule only, with its conditions in PromQL.");
    private static readonly ChoiceArgument State = new("state", "Those in one state only.", ["ok", "pending", "firing", "no_data", "disabled", "failing"]);

    private static readonly ToolDescription Description = new()
    {
        Name = ToolNames.Rules,
        Title = "List alert rules",
        Description = "The rules of the alerts as they were evaluated last: worst value now, limit, for how long it must hold, in how many seconds it fires.",
        Arguments = [Name, State],
    };

    public static McpServerTool Create(ToolFactory factory) => factory.Create(Description, AnswersJson.Default.RulesAnswer, async (arguments, _, cancellationToken) =>
    {
        IReadOnlyList<RuleView> rules = await factory.Sources.Views.RulesAsync(cancellationToken).ConfigureAwait(false);
        string? name = arguments.Text(Name), state = arguments.Text(State);
        if (name is not null && !rules.Any(rule => rule.Name == name))
        {
            throw new RefusedCall($"There is no rule of this name. {NearestName.Suggest(name, rules.Select(rule => Plain.Name(rule.Name)).OfType<string>())}Leave name out for all of them.", name);
        }

        return new RulesAnswer
        {
            Rules = [.. rules.Where(rule => (name is null || rule.Name == name) && (state is null || rule.State == state)).Select(rule => RuleAnswer.Of(rule, isWhole: name is not null))],
            Total = rules.Count,
        };
    });
}
