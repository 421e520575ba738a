using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace WeatherServer.Upstream;

/// <summary>The upstream service where there is no port to call it on.</summary>
internal sealed class UpstreamHandler(UpstreamService service) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri uri = request.RequestUri!;
        var query = QueryHelpers.ParseQuery(uri.Query);
        var (status, answer) = await service.AnswerAsync(Uri.UnescapeDataString(uri.Segments[^1]), Number("days"), Number("delayMs"), cancellationToken);
        return new((HttpStatusCode)status) { Content = JsonContent.Create(answer), RequestMessage = request };

        int Number(string name) => int.Parse(query[name].ToString(), CultureInfo.InvariantCulture);
    }
}
