using System.Net;
using ModelContextProtocol;
using Polly.CircuitBreaker;

namespace OneCServer.OneC;

/// <summary>Reads orders from 1C over OData. What went wrong there is said to the model in an <see cref="McpException"/>, whose text it gets to read.</summary>
internal sealed class OneCClient(HttpClient http)
{
    public const string Name = "1c";

    /// <summary>Reads an order.</summary>
    /// <returns>The order as 1C writes it.</returns>
    /// <exception cref="McpException">There is no such order, or 1C does not work; the message says why.</exception>
    public async Task<string> GetOrderAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri($"odata/standard.odata/Document_Order(guid'{id}')?$format=json", UriKind.Relative), cancellationToken);
            return response switch
            {
                { IsSuccessStatusCode: true } => await response.Content.ReadAsStringAsync(cancellationToken),
                { StatusCode: HttpStatusCode.NotFound } => throw new McpException($"There is no order {id}."),

                // "1c: no free licence for another session", by options.IsOneC.
                _ => throw new McpException($"{response.ReasonPhrase}."),
            };
        }
        catch (TaskCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new McpException($"{Name}: no answer in {http.Timeout.TotalSeconds:0.#} s.", late);
        }
        catch (HttpRequestException broken)
        {
            throw new McpException($"{Name}: it cannot be reached, or breaks off.", broken);
        }
        catch (BrokenCircuitException open)
        {
            throw new McpException($"{Name}: it has failed too often, calls are stopped. Try again in {Math.Ceiling((open.RetryAfter ?? TimeSpan.Zero).TotalSeconds):0} s.", open);
        }
    }
}
