using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>A request as it is sent.</summary>
internal static class OutgoingRequest
{
    /// <summary>Returns the body, whole.</summary>
    public static byte[] BodyOf(HttpRequestMessage request)
    {
        using var body = new MemoryStream();
        try
        {
            request.Content?.CopyTo(body, context: null, CancellationToken.None);
        }
        catch (NotSupportedException)
        {
            // Content of a library may know the other way only; into memory it does not wait.
            body.SetLength(0);
            request.Content!.CopyToAsync(body, CancellationToken.None).GetAwaiter().GetResult();
        }

        return body.ToArray();
    }

    /// <summary>Returns the same request with another body, to be sent and disposed of on its own.</summary>
    public static HttpRequestMessage With(HttpRequestMessage request, HttpContent? body)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = body };
        foreach ((string name, HeaderStringValues values) in request.Headers.NonValidated)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        if (request.Content is { } content && body is not null)
        {
            foreach ((string name, HeaderStringValues values) in content.Headers.NonValidated)
            {
                body.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return copy;
    }

    /// <summary>Says which header has characters that none may have; a token that was pasted wrong has.</summary>
    /// <exception cref="SendFailedException">There is one.</exception>
    public static void CheckHeaders(HttpRequestMessage request)
    {
        foreach ((string name, HeaderStringValues values) in request.Headers.NonValidated)
        {
            if (values.ToString().AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                throw new SendFailedException($"the header {name} would have characters that none may have", mayHaveArrived: false);
            }
        }
    }

    /// <summary>Returns the request as bytes of HTTP/1.1 (RFC 9112), for a connection that ends with the answer.</summary>
    public static byte[] Bytes(HttpRequestMessage request)
    {
        Uri address = request.RequestUri!;
        byte[] body = BodyOf(request);
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{request.Method} {address.PathAndQuery} HTTP/1.1\r\n");
        if (request.Headers.Host is null)
        {
            string host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
            head.Append(CultureInfo.InvariantCulture, $"Host: {host}{(address.IsDefaultPort ? "" : $":{address.Port}")}\r\n");
        }

        head.Append("Connection: close\r\n");
        Append(head, request.Headers);
        if (request.Content is { } content)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
            Append(head, content.Headers);
        }

        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private static void Append(StringBuilder head, HttpHeaders headers)
    {
        foreach ((string name, HeaderStringValues values) in headers.NonValidated)
        {
            if (name.ToUpperInvariant() is not ("CONTENT-LENGTH" or "CONNECTION" or "TRANSFER-ENCODING" or "EXPECT"))
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {values}\r\n");
            }
        }
    }
}
