namespace Mcp.Monitoring.Tests.Slo;

[Collection(nameof(Alone))]
public class SloBookBytesTests
{
    [Fact]
    public void Sample_of_known_operations_allocates_nothing_without_a_new_bucket()
    {
        var book = new ObservedBook();
        for (int i = 0; i < 20; i++)
        {
            book.Call(operation: book.Registry.Operations.Create(OperationType.Tools, $"tool {i}"));
        }

        book.Pass(TimeSpan.FromMinutes(1));
        DateTimeOffset utc = book.Time.GetUtcNow();
        TimeSpan now = book.Now;

        Assert.Equal(0, Allocation.Bytes(() =>
        {
            book.Tool.CountUntimed(OperationOutcome.Success);
            book.Book.Sample(now, utc);
        }));
    }
}
