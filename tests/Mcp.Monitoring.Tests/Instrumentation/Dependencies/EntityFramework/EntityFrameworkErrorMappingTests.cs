using Mcp.Monitoring.Instrumentation.Dependencies.EntityFramework;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mcp.Monitoring.Tests.Instrumentation.Dependencies.EntityFramework;

/// <summary>What EF Core and its providers wrap a failure of the database in is a failure of the database.</summary>
public class EntityFrameworkErrorMappingTests
{
    private const string Provider = "Npgsql.EntityFrameworkCore.PostgreSQL";

    private static readonly SqliteException Cause = new("disk I/O error", 10);

    public static TheoryData<string, bool> Cases => new()
    {
        { "update", true },
        { "retries given up", true },
        { "likely transient", true },
        { "likely transient, of an update", true },
        { "time limit", true },
        { "concurrency", false },
        { "update without a cause", false },
        { "another library", false },
        { "bug in a query", false },
        { "the cause itself", false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Wrapper_is_known_and_nothing_else(string name, bool isMapped)
    {
        Exception exception = name switch
        {
            "update" => new DbUpdateException("An error occurred.", Cause),
            "retries given up" => new RetryLimitExceededException("6 retries.", Cause),
            "likely transient" => new InvalidOperationException("Likely transient.", Cause) { Source = Provider },
            "likely transient, of an update" => new InvalidOperationException("Likely transient.", new DbUpdateException("An error occurred.", Cause)) { Source = Provider },
            "time limit" => new InvalidOperationException("Likely transient.", new TimeoutException()) { Source = Provider },
            "concurrency" => new DbUpdateConcurrencyException("0 rows.", Cause),
            "update without a cause" => new DbUpdateException("An error occurred."),
            "another library" => new InvalidOperationException("The order is wrong.", Cause) { Source = "Orders" },
            "bug in a query" => new InvalidOperationException("The LINQ expression could not be translated.") { Source = "Microsoft.EntityFrameworkCore" },
            _ => Cause,
        };

        Assert.Equal(isMapped, new EntityFrameworkErrorMapping().TryMap(exception, out ErrorClassification meaning));

        Assert.True(!isMapped || meaning == new ErrorClassification(ErrorType.Integration, OperationOutcome.ServerError));
    }
}
