using System.Net;
using System.Text;
using Mcp.Monitoring;
using ModelContextProtocol;

namespace OneCServer.OneC;

/// <summary>Reads orders from 1C over OData, and says in words what went wrong there.</summary>
internal sealed class OneCClient(HttpClient http)
{
    private const int MostRead = 4 * 1024;

    /// <summary>Reads an order.</summary>
    /// <returns>The order as 1C writes it.</returns>
    /// <exception cref="McpException">There is no such order.</exception>
    /// <exception cref="McpIntegrationException">1C does not work; the message says why.</exception>
    public async Task<string> GetOrderAsync(string number, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.GetAsync(
            new Uri($"odata/standard.odata/Document_Order/{Uri.EscapeDataString(number)}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadAsStringAsync(cancellationToken);
        }

        string said = await ReadAsync(response, cancellationToken);
        throw response.StatusCode switch
        {
            HttpStatusCode.NotFound => new McpException($"There is no order {number}."),
            HttpStatusCode.Unauthorized => new McpIntegrationException("1C refuses the user of this server: its password has expired or is wrong."),
            _ when said.Contains("лицензи", StringComparison.OrdinalIgnoreCase) => new McpIntegrationException("1C has no free licence for another session."),
            _ when said.Contains("запрещено", StringComparison.OrdinalIgnoreCase) => new McpIntegrationException("The infobase is locked, perhaps for an update."),
            _ => new McpIntegrationException($"1C answers {(int)response.StatusCode}."),
        };
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = new byte[MostRead];
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        int length = await stream.ReadAtLeastAsync(body, MostRead, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(body, 0, length);
    }
}
