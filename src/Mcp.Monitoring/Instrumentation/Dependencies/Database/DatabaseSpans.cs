using System.Data.Common;
using System.Diagnostics;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>Makes the spans of queries where the provider makes none that somebody listens to.</summary>
internal sealed class DatabaseSpans(DependencySpans spans, string dependency)
{
    // The next query of a dependency is most often to the same database.
    private DatabaseTarget? _target;

    public Activity? Start(StatementKind kind, DbConnection? connection, DateTimeOffset startTime = default)
    {
        if (connection is null || !spans.AreWanted)
        {
            return null;
        }

        try
        {
            if (Volatile.Read(ref _target) is not { } target || !target.IsOf(connection))
            {
                Volatile.Write(ref _target, target = new DatabaseTarget(connection, dependency));
            }

            Activity? span = target.Provider.HasOwnSpans ? null : spans.Start(target.NameOf(kind), "db", startTime);
            if (span is { IsAllDataRequested: true })
            {
                target.Describe(span, kind);
            }

            return span;
        }
        catch (Exception fault)
        {
            // A provider may not like to be asked.
            spans.Report(fault);
            return null;
        }
    }
}
