namespace Mcp.Monitoring.Tests.Operations;

public sealed class McpMonitoredExceptionTests
{
    public static TheoryData<Type, ErrorType, OperationOutcome> Subclasses => new()
    {
        { typeof(McpValidationException), ErrorType.Validation, OperationOutcome.ClientError },
        { typeof(McpTransportException), ErrorType.Transport, OperationOutcome.ServerError },
        { typeof(McpIntegrationException), ErrorType.Integration, OperationOutcome.ServerError },
        { typeof(McpAuthException), ErrorType.Auth, OperationOutcome.ClientError },
    };

    [Fact]
    public void List_holds_every_subclass() =>
        Assert.Equal(
            typeof(McpMonitoredException).Assembly.GetTypes().Where(type => type.BaseType == typeof(McpMonitoredException)).ToHashSet(),
            Subclasses.Select(row => row.Data.Item1).ToHashSet());

    [Theory]
    [MemberData(nameof(Subclasses))]
    public void Subclass_carries_its_meaning_message_and_cause(Type subclass, ErrorType type, OperationOutcome outcome)
    {
        var cause = new InvalidOperationException();

        var exception = (McpMonitoredException)Activator.CreateInstance(subclass, "what went wrong", cause)!;

        Assert.Equal(type, exception.ErrorType);
        Assert.Equal(outcome, exception.Outcome);
        Assert.Equal("what went wrong", exception.Message);
        Assert.Same(cause, exception.InnerException);
    }

    [Fact]
    public void Exception_of_any_type_is_the_servers_fault_unless_a_subclass_says_otherwise()
    {
        foreach (ErrorType type in Enum.GetValues<ErrorType>())
        {
            var exception = new McpMonitoredException(type);

            Assert.Equal(type, exception.ErrorType);
            Assert.Equal(OperationOutcome.ServerError, exception.Outcome);
        }
    }
}
