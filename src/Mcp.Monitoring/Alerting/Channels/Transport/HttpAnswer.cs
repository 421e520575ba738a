using System.Globalization;
using System.Net;
using System.Text;

namespace Mcp.Monitoring.Alerting.Channels.Transport;

/// <summary>Reads an answer of HTTP/1 (RFC 9112), the head whole and the beginning of the body.</summary>
#pragma warning disable CA1001 // What is read ahead holds nothing but memory, and whoever gave the stream closes it.
internal sealed class HttpAnswer(Stream stream, int mostRead)
#pragma warning restore CA1001
{
    private const int LongestHead = 64 * 1024;

    private readonly BufferedStream _stream = new(stream);
    private int _headLeft = LongestHead;

    public HttpResponseMessage Read(bool hasBody)
    {
        while (true)
        {
            string status = Line();
            if (!status.StartsWith("HTTP/1.", StringComparison.Ordinal) || status.Length < 12 || !int.TryParse(status.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            {
                throw NoHttp();
            }

            var response = new HttpResponseMessage((HttpStatusCode)code);
            Dictionary<string, string> content = Headers(response);

            // What comes before the answer itself, such as 100 Continue, has no body.
            if (code >= 200)
            {
                response.Content = new ByteArrayContent(hasBody && code is not (204 or 304) ? Body(response, content) : []);
                if (content.TryGetValue("Content-Type", out string? type))
                {
                    response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                }

                return response;
            }
        }
    }

    private Dictionary<string, string> Headers(HttpResponseMessage response)
    {
        var content = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (Line() is { Length: > 0 } line)
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                string name = line[..colon], value = line[(colon + 1)..].Trim();
                if (!response.Headers.TryAddWithoutValidation(name, value))
                {
                    content[name] = value;
                }
            }
        }

        return content;
    }

    private byte[] Body(HttpResponseMessage response, Dictionary<string, string> content)
    {
        using var body = new MemoryStream();
        if (response.Headers.TransferEncodingChunked == true)
        {
            while (Size(Line()) is > 0 and var size && Copy(body, size))
            {
                Line();
            }
        }
        else if (!content.TryGetValue("Content-Length", out string? text))
        {
            CopyToEnd(body);
        }
        else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            Copy(body, length);
        }
        else
        {
            throw NoHttp();
        }

        return body.ToArray();
    }

    private static long Size(string line) => long.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long size) && size >= 0
        ? size
        : throw NoHttp();

    // Returns whether it is read whole: of a long answer only the beginning is.
    private bool Copy(MemoryStream into, long length)
    {
        while (length > 0 && into.Length < mostRead)
        {
            int read = Part(into, length);
            length -= read > 0 ? read : throw new HttpRequestException(HttpRequestError.ResponseEnded);
        }

        return length == 0;
    }

    private void CopyToEnd(MemoryStream into)
    {
        while (into.Length < mostRead && Part(into, long.MaxValue) > 0)
        {
        }
    }

    private int Part(MemoryStream into, long length)
    {
        Span<byte> part = stackalloc byte[4096];
        int read = _stream.Read(part[..(int)Math.Min(Math.Min(part.Length, length), mostRead - into.Length)]);
        into.Write(part[..read]);
        return read;
    }

    private string Line()
    {
        var line = new StringBuilder();
        while (_headLeft-- > 0)
        {
            switch (_stream.ReadByte())
            {
                case -1:
                    throw new HttpRequestException(HttpRequestError.ResponseEnded);
                case '\n':
                    return line.ToString();
                case '\r':
                    break;
                case var character:
                    line.Append((char)character);
                    break;
            }
        }

        throw NoHttp();
    }

    private static HttpRequestException NoHttp() => new(HttpRequestError.InvalidResponse);
}
