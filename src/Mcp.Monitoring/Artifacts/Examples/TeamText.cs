using System.Globalization;
using System.Text;

namespace Mcp.Monitoring.Artifacts.Examples;

/// <summary>Routes and receivers of the teams that own operations, beside those who are told of everything.</summary>
internal static class TeamText
{
    private const string Example = "payments";

    public static string Routes(ArtifactInputs inputs) => Text(inputs, team => $"""
        - matchers: {MatcherText.List([MatcherText.Of("team", team), MatcherText.Of("severity", ["critical", "high"])])}
          receiver: {MatcherText.Quoted(Receiver(team))}
          group_by: [job, mcp_service, dependency, operation]
          continue: true
        """);

    public static string Receivers(ArtifactInputs inputs) => Text(inputs, team => $"""
        - name: {MatcherText.Quoted(Receiver(team))}
          slack_configs:
            - <<: *slack
              channel: '#alerts'
        """);

    private static string Receiver(string team) => $"team-{team}";

    private static string Text(ArtifactInputs inputs, Func<string, string> part)
    {
        string[] teams =
        [
            .. inputs.Operations.Select(operation => operation.Owner).OfType<string>()
                .Where(owner => owner.Length > 0 && owner != inputs.Options.Team).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        var text = new StringBuilder();
        foreach (string line in (teams.Length == 0 ? [Example] : teams).SelectMany(team => part(team).ReplaceLineEndings("\n").Split('\n')))
        {
            // Without owners it is shown what one would have.
            text.Append(CultureInfo.InvariantCulture, $"{(teams.Length == 0 ? "# " : "")}{line}\n");
        }

        return text.ToString();
    }
}
