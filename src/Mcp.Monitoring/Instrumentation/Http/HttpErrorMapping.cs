using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>What the exceptions of the web server mean.</summary>
internal sealed class HttpErrorMapping : IErrorMapping
{
    public bool TryMap(Exception exception, out ErrorClassification classification)
    {
        classification = new ErrorClassification(ErrorType.Validation, OperationOutcome.ClientError);
        return exception is BadHttpRequestException;
    }
}
