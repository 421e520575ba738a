using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.Instrumentation.Http;

/// <summary>Is told of each endpoint that routing matches, and of nothing else.</summary>
internal sealed class EndpointObserver(HttpInstrumentation owner) : IObserver<KeyValuePair<string, object?>>
{
    private const string EndpointMatched = "Microsoft.AspNetCore.Routing.EndpointMatched";

    public static bool IsWanted(string name) => name == EndpointMatched;

    public void OnNext(KeyValuePair<string, object?> value)
    {
        try
        {
            // Events that others have asked for come here as well.
            if (IsWanted(value.Key) && value.Value is HttpContext http)
            {
                HttpExchange.Current?.Matched(http);
            }
        }
        catch (Exception fault)
        {
            owner.Report(fault);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
