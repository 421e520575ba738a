using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.Instrumentation.Dependencies.Http;

/// <summary>Names the calls of an HTTP client, from a list that is known when it is made and never from a path as it was sent.</summary>
internal sealed class HttpCallNames(IEnumerable<string> paths, Func<HttpRequestMessage, string?>? naming, InternalErrors errors)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "QUERY"];

    private readonly (PathTemplate Path, string[] ByMethod)[] _paths =
        [.. paths.Select(PathTemplate.Parse).Select(static path => (path, Methods.Select(method => $"{method} {path.Text}").ToArray()))];

    public string Of(HttpRequestMessage request)
    {
        if ((request is PollRequest own ? own.Call : Named(request)) is { Length: > 0 } name)
        {
            return name;
        }

        int method = Array.FindIndex(Methods, known => known.Equals(request.Method.Method, StringComparison.OrdinalIgnoreCase));
        if (method < 0)
        {
            return OperationLabels.Other;
        }

        if (_paths.Length > 0 && request.RequestUri is { IsAbsoluteUri: true } address)
        {
            string path = address.AbsolutePath;
            foreach ((PathTemplate template, string[] byMethod) in _paths)
            {
                if (template.Matches(path))
                {
                    return byMethod[method];
                }
            }
        }

        return Methods[method];
    }

    private string? Named(HttpRequestMessage request)
    {
        try
        {
            return naming?.Invoke(request);
        }
        catch (Exception fault)
        {
            errors.Report(InternalErrors.Operation, fault);
            return null;
        }
    }
}
