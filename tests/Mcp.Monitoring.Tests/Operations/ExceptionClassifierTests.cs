using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using System.Reflection;
using System.Security;
using System.Security.Authentication;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Mcp.Monitoring.Tests.Operations;

public sealed class ExceptionClassifierTests : IDisposable
{
    private static readonly ErrorClassification Integration = new(ErrorType.Integration, OperationOutcome.ServerError);
    private static readonly ErrorClassification Timeout = new(ErrorType.Timeout, OperationOutcome.ServerError);
    private static readonly ErrorClassification Internal = new(ErrorType.Internal, OperationOutcome.ServerError);
    private static readonly ErrorClassification Invalid = new(ErrorType.Validation, OperationOutcome.ClientError);
    private static readonly ErrorClassification BrokenAuth = new(ErrorType.Auth, OperationOutcome.ServerError);
    private static readonly ErrorClassification Refused = new(ErrorType.Auth, OperationOutcome.ClientError);
    private static readonly ErrorClassification Breaker = new(ErrorType.CircuitBreaker, OperationOutcome.ServerError);
    private static readonly ErrorClassification ToolError = new(ErrorType.Internal, OperationOutcome.ToolError);

    private static readonly ElicitRequestParams Url = new() { Mode = "url", Message = "open it", ElicitationId = "1", Url = "https://example.com/" };

    // By name, so that the runner can list each case.
    private static readonly Dictionary<string, (Exception Exception, ErrorClassification Meaning)> Known = new(StringComparer.Ordinal)
    {
        ["monitored, of every type"] = (new McpMonitoredException(ErrorType.CircuitBreaker), Breaker),
        ["monitored validation"] = (new McpValidationException(), Invalid),
        ["monitored transport"] = (new McpTransportException(), new ErrorClassification(ErrorType.Transport, OperationOutcome.ServerError)),
        ["monitored integration"] = (new McpIntegrationException(), Integration),
        ["monitored auth"] = (new McpAuthException(), Refused),
        ["validation"] = (new ValidationException(), Invalid),
        ["operation cancelled by somebody"] = (new OperationCanceledException(), Timeout),
        ["task cancelled by somebody"] = (new TaskCanceledException(), Timeout),
        ["timeout"] = (new TimeoutException(), Timeout),
        ["broken answer"] = (new HttpIOException(HttpRequestError.ResponseEnded), Integration),
        ["HTTP request"] = (new HttpRequestException(), Integration),
        ["socket"] = (new SocketException((int)SocketError.ConnectionRefused), Integration),
        ["database"] = (new DatabaseException(), Integration),
        ["authentication"] = (new AuthenticationException(), BrokenAuth),
        ["invalid credential, derived from authentication"] = (new InvalidCredentialException(), BrokenAuth),
        ["security"] = (new SecurityException(), BrokenAuth),
        ["Polly's open circuit"] = (new BrokenCircuitException(), Breaker),
        ["Polly's isolated circuit, derived from the open one"] = (new IsolatedCircuitException(), Breaker),
        ["Polly's timeout"] = (new TimeoutRejectedException(), Timeout),
        ["anything"] = (new InvalidOperationException(), Internal),
        ["JSON that the tool itself could not read"] = (new JsonException(), Internal),
        ["unauthorized access, a file's"] = (new UnauthorizedAccessException(), Internal),
        ["several at once, the first"] = (new AggregateException(new TimeoutException(), new DatabaseException()), Timeout),
        ["several at once, the first again"] = (new AggregateException(new DatabaseException(), new TimeoutException()), Integration),
        ["several at once, the server's fault before the caller's"] = (new AggregateException(new McpValidationException(), new DatabaseException()), Integration),
        ["several at once, the server's fault before the tool's"] = (new AggregateException(new McpException("no such city"), new TimeoutException()), Timeout),
        ["several at once, the tool's fault before the caller's"] = (new AggregateException(new McpValidationException(), new McpException("no such city")), ToolError),
        ["several at once, all the caller's"] = (new AggregateException(new McpAuthException(), new McpValidationException()), Refused),
        ["several at once, a failure before a question"] = (new AggregateException(new InputRequiredException(requestState: "s"), new McpValidationException()), Invalid),
        ["several at once, in several others and wrappers"] = (
            new AggregateException(
                new AggregateException(new McpValidationException(), new TargetInvocationException(new McpValidationException())),
                new TargetInvocationException(new AggregateException(new McpAuthException(), new AggregateException(new DatabaseException())))),
            Integration),
        ["several at once, one and the same"] = (new AggregateException(Enumerable.Repeat<Exception>(new DatabaseException(), 3)), Integration),
        ["several at once, 8 to the power of 8 ways"] = (ExceptionShapes.Shared(new McpValidationException(), width: 8, depth: 8), Invalid),
        ["several at once, 2 to the power of 200 ways"] = (ExceptionShapes.Shared(new DatabaseException(), width: 2, depth: 200), Integration),
        ["several at once, with nothing inside"] = (new AggregateException(new AggregateException(), new AggregateException()), Internal),
        ["many at once"] = (ExceptionShapes.Wide(100_000), Internal),
        ["wrappers 100,000 deep"] = (ExceptionShapes.Shared(new DatabaseException(), width: 1, depth: 100_000), Integration),
        ["of an MCP tool, meant for the model"] = (new McpException("no such city"), ToolError),
        ["MCP input required"] = (new InputRequiredException(requestState: "state"), new ErrorClassification(ErrorType.Internal, OperationOutcome.InputRequired)),
        ["MCP elicitation of a URL required"] = (new UrlElicitationRequiredException("open it", [Url]), new ErrorClassification(ErrorType.Internal, OperationOutcome.InputRequired)),
        ["MCP denied by authorization"] = (new McpProtocolException("Access forbidden: role missing", McpErrorCode.InvalidRequest), Refused),
        ["MCP denied with another code"] = (new McpProtocolException("Access forbidden", McpErrorCode.InvalidParams), Invalid),
        ["MCP with a text that only mentions it"] = (new McpProtocolException("Not: Access forbidden", McpErrorCode.InvalidRequest), Invalid),
        ["MCP with a code of the host's own"] = (new McpProtocolException("own", (McpErrorCode)(-31999)), Internal),
    };

    private static readonly Dictionary<McpErrorCode, ErrorClassification> Codes = new()
    {
        [McpErrorCode.ParseError] = Invalid,
        [McpErrorCode.InvalidRequest] = Invalid,
        [McpErrorCode.MethodNotFound] = Invalid,
        [McpErrorCode.InvalidParams] = Invalid,
        [McpErrorCode.ResourceNotFound] = Invalid,
        [McpErrorCode.HeaderMismatch] = Invalid,
        [McpErrorCode.MissingRequiredClientCapability] = Invalid,
        [McpErrorCode.UnsupportedProtocolVersion] = Invalid,
        [McpErrorCode.InternalError] = Internal,
        [McpErrorCode.UrlElicitationRequired] = new ErrorClassification(ErrorType.Internal, OperationOutcome.InputRequired),
    };

    private readonly TestHost _host = new();

    public static TheoryData<string> KnownExceptions => [.. Known.Keys];

    public static TheoryData<McpErrorCode> EveryCode => [.. Enum.GetValues<McpErrorCode>()];

    public void Dispose() => _host.Dispose();

    [Theory]
    [MemberData(nameof(KnownExceptions))]
    public void Exception_means_what_the_list_says(string name) =>
        Assert.Equal(Known[name].Meaning, _host.Monitor.Classify(Known[name].Exception));

    [Theory]
    [MemberData(nameof(KnownExceptions))]
    public void Wrappers_of_reflection_and_tasks_do_not_change_what_it_means(string name)
    {
        (Exception exception, ErrorClassification meaning) = Known[name];

        Assert.Equal(meaning, _host.Monitor.Classify(new TargetInvocationException(exception)));
        Assert.Equal(meaning, _host.Monitor.Classify(new AggregateException(exception)));
        Assert.Equal(meaning, _host.Monitor.Classify(new AggregateException(new TargetInvocationException(new AggregateException(exception)))));
    }

    [Theory]
    [MemberData(nameof(EveryCode))]
    public void Every_code_of_the_protocol_has_a_meaning(McpErrorCode code) =>
        Assert.Equal(Codes[code], _host.Monitor.Classify(new McpProtocolException("refused", code)));

    [Fact]
    public void Wrapper_with_nothing_inside_is_an_internal_error()
    {
        Assert.Equal(Internal, _host.Monitor.Classify(new TargetInvocationException(inner: null)));
        Assert.Equal(Internal, _host.Monitor.Classify(new AggregateException()));
    }
}
