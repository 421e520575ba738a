using System.Data.Common;

namespace Mcp.Monitoring.Tests.Operations;

/// <summary>What a driver throws, also for a command that was cancelled.</summary>
internal sealed class DatabaseException(string message = "the database failed") : DbException(message);
