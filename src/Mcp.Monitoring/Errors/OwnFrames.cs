using System.Diagnostics;

namespace Mcp.Monitoring.Errors;

/// <summary>
/// The frames of an exception that are the application's own, as a person wrote the methods. Read here, since what a client of the host shows of a frame depends
/// on its settings. Not for the thread of a request.
/// </summary>
internal sealed class OwnFrames(InAppRules inApp)
{
    private const int MostFrames = 250;

    /// <returns>Module and function, the throwing one first; none for an exception that was never thrown.</returns>
    public IEnumerable<string> Of(Exception exception)
    {
        foreach (StackFrame frame in new StackTrace(exception, fNeedFileInfo: false).GetFrames().Take(MostFrames))
        {
            var method = DiagnosticMethodInfo.Create(frame);
            if (method is not null && MethodName.Of(method.DeclaringTypeName, method.Name) is var name && inApp.IsInApp(name.Module))
            {
                yield return $"{name.Module}.{name.Function}";
            }
        }
    }
}
