using System.Diagnostics;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>The frames of an exception, as a person wrote the methods. Reads symbols: not for the thread of a request.</summary>
internal static class StackFrames
{
    private const string Unknown = "<unknown>";

    /// <returns>The oldest frame first, as Sentry wants them; none for an exception that was never thrown.</returns>
    public static IReadOnlyList<CodeFrame> Of(Exception exception, int most)
    {
        if (most <= 0)
        {
            return [];
        }

        List<CodeFrame> frames = [];
        foreach (StackFrame frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            CodeFrame known = Read(frame);
            if (!IsPlumbing(known.Name.Module))
            {
                frames.Add(known);
            }
        }

        frames.Reverse();

        // The way in and the place where it broke say more than the middle of a recursion.
        return frames.Count <= most ? frames : [.. frames.Take(most / 2), .. frames.TakeLast(most - (most / 2))];
    }

    private static CodeFrame Read(StackFrame frame)
    {
        var method = DiagnosticMethodInfo.Create(frame);
        MethodName name = method is null ? new MethodName(null, Unknown) : MethodName.Of(method.DeclaringTypeName, method.Name);
        string? assembly = method?.DeclaringAssemblyName.Split(',')[0];
        return new CodeFrame(name, assembly, frame.GetFileName(), frame.GetFileLineNumber(), frame.GetFileColumnNumber());
    }

    // How an await passes an exception on.
    private static bool IsPlumbing(string? module) =>
        module is not null
        && (module == "System.Runtime.ExceptionServices.ExceptionDispatchInfo"
            || (module.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal) && module.Contains("Awaiter", StringComparison.Ordinal)));
}
