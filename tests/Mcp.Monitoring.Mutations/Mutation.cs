namespace Mcp.Monitoring.Mutations;

/// <summary>One change of the code.</summary>
/// <param name="Number">Its number, by which a run of the tests switches it on.</param>
/// <param name="File">Where it is.</param>
/// <param name="Line">The line, from 1 on.</param>
/// <param name="Before">The code.</param>
/// <param name="After">What it becomes.</param>
internal sealed record Mutation(int Number, string File, int Line, string Before, string After)
{
    public override string ToString() => $"{File}:{Line} {Before} -> {After} (MUTANT={Number})";
}
