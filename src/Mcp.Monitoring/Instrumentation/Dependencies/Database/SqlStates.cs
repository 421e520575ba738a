using System.Data.Common;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>What a provider tells of a failure by the codes of the SQL standard.</summary>
internal static class SqlStates
{
    /// <summary>Says whether a database that works has refused a statement for what it says: its data (22), a constraint (23), its text or its rights (42), or a rule of
    /// the database's own code (P0).</summary>
    public static bool IsRefusedStatement(Exception? exception) => IsAnswer(exception) || exception is DbException { SqlState: ['2', '2', ..] or ['4', '2', ..] };

    /// <summary>Says whether that is an answer that a program may count on, as a 404 is one: a duplicate, say.</summary>
    public static bool IsAnswer(Exception? exception) => exception is DbException { SqlState: ['2', '3', ..] or ['P', '0', ..] };
}
