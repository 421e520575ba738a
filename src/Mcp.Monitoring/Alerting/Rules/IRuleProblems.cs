namespace Mcp.Monitoring.Alerting.Rules;

/// <summary>Is told of what goes wrong with rules; on the engine's thread.</summary>
internal interface IRuleProblems
{
    /// <summary>The evaluation of a rule, or of a metric for all of them, has failed.</summary>
    void Failed(string what, Exception fault);

    /// <summary>A rule of the user's own cannot be evaluated, and is not any more; once.</summary>
    void Disabled(string rule, string problem);
}
