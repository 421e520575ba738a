using System.Data.Common;

namespace Mcp.Monitoring.Instrumentation.Dependencies.EntityFramework;

/// <summary>What EF Core wraps the failure of a database in. That another has changed a row first is none.</summary>
internal sealed class EntityFrameworkErrorMapping : IErrorMapping
{
    private const string Library = "EntityFrameworkCore";

    public bool TryMap(Exception exception, out ErrorClassification classification)
    {
        classification = new ErrorClassification(ErrorType.Integration, OperationOutcome.ServerError);
        return IsWrapper(exception) && exception.InnerException is DbException or TimeoutException or { InnerException: DbException or TimeoutException };
    }

    // Where retries are not switched on, it says so in an InvalidOperationException.
    private static bool IsWrapper(Exception exception) =>
        exception.GetType().FullName is "Microsoft.EntityFrameworkCore.DbUpdateException" or "Microsoft.EntityFrameworkCore.Storage.RetryLimitExceededException"
        || (exception is InvalidOperationException && exception.Source?.Contains(Library, StringComparison.Ordinal) == true);
}
