using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class OperationLabelsTests
{
    [Fact]
    public void Every_operation_type_has_its_label() =>
        Assert.Equal(
            ["tools", "resources", "prompts", "completion", "protocol", "function"],
            Enum.GetValues<OperationType>().Select(type => type.Label()),
            StringComparer.Ordinal);

    [Fact]
    public void Every_outcome_has_its_label() =>
        Assert.Equal(
            ["success", "tool_error", "client_error", "server_error", "cancelled", "input_required"],
            Enum.GetValues<OperationOutcome>().Select(outcome => outcome.Label()),
            StringComparer.Ordinal);

    [Fact]
    public void Every_error_type_has_its_label() =>
        Assert.Equal(
            ["validation", "transport", "integration", "auth", "timeout", "circuit_breaker", "internal"],
            Enum.GetValues<ErrorType>().Select(type => type.Label()),
            StringComparer.Ordinal);

    [Fact]
    public void Lists_hold_every_value_of_their_enums()
    {
        Assert.Equal(Enum.GetValues<OperationType>(), OperationLabels.Types);
        Assert.Equal(Enum.GetValues<OperationOutcome>(), OperationLabels.Outcomes);
        Assert.Equal(Enum.GetValues<ErrorType>(), OperationLabels.ErrorTypes);
    }

    [Fact]
    public void Value_outside_an_enum_has_no_label()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ((OperationType)99).Label());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((OperationOutcome)99).Label());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((ErrorType)99).Label());
    }

    [Theory]
    [InlineData(OperationOutcome.Success, false)]
    [InlineData(OperationOutcome.ToolError, true)]
    [InlineData(OperationOutcome.ClientError, true)]
    [InlineData(OperationOutcome.ServerError, true)]
    [InlineData(OperationOutcome.Cancelled, false)]
    [InlineData(OperationOutcome.InputRequired, false)]
    public void Outcome_is_an_error_exactly_if_it_has_a_place_among_the_error_outcomes(OperationOutcome outcome, bool isError)
    {
        Assert.Equal(isError, outcome.IsError());
        Assert.Equal(isError, OperationLabels.ErrorOutcomes.Contains(outcome));
        if (isError)
        {
            Assert.Equal(outcome, OperationLabels.ErrorOutcomes[outcome.ErrorIndex()]);
        }
        else
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => outcome.ErrorIndex());
        }
    }

    [Theory]
    [InlineData(ErrorType.Validation, OperationOutcome.ClientError)]
    [InlineData(ErrorType.Transport, OperationOutcome.ServerError)]
    [InlineData(ErrorType.Integration, OperationOutcome.ServerError)]
    [InlineData(ErrorType.Auth, OperationOutcome.ClientError)]
    [InlineData(ErrorType.Timeout, OperationOutcome.ServerError)]
    [InlineData(ErrorType.CircuitBreaker, OperationOutcome.ServerError)]
    [InlineData(ErrorType.Internal, OperationOutcome.ServerError)]
    public void Error_known_by_its_type_alone_is_the_fault_of(ErrorType type, OperationOutcome outcome) =>
        Assert.Equal(outcome, type.DefaultOutcome());

    [Theory]
    [InlineData(OperationOutcome.ServerError, ErrorType.Internal)]
    [InlineData(OperationOutcome.ToolError, ErrorType.Internal)]
    [InlineData(OperationOutcome.ClientError, ErrorType.Validation)]
    public void Error_known_by_its_outcome_alone_is_of_type(OperationOutcome outcome, ErrorType type) =>
        Assert.Equal(type, outcome.DefaultErrorType());
}
