namespace Mcp.Monitoring.OperationsTools.Calls;

/// <summary>A call that is not done, with words that help the model to do better.</summary>
/// <param name="words">What is wrong and what to do, in our own words.</param>
/// <param name="asked">What was asked for, where that is the text of the caller.</param>
internal sealed class RefusedCall(string words, string? asked = null) : Exception(words)
{
    public string? Asked => asked;
}
