using System.Data.Common;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Database;

/// <summary>What a provider tells of a failure by the codes of the SQL standard.</summary>
internal static class SqlStates
{
    /// <summary>Says whether a database that works has refused a statement for what it says: its data (22), a constraint (23), its text or its rights (42), or a rule of
    /// the database's own code (P0).</summary>
    public static bool IsRefusedStatement(Exception? exception) => exception is DbException { SqlState: ['2', '2' or '3', ..] or ['4', '2', ..] or ['P', '0', ..] };
}
