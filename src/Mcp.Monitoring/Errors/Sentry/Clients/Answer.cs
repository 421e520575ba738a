using System.Text;

namespace Mcp.Monitoring.Errors.Sentry.Clients;

/// <summary>What an attempt was answered; a status of 0 is no answer at all.</summary>
internal readonly record struct Answer(int Status, TimeSpan? RetryAfter = null, string? Problem = null)
{
    public const int MostShown = 300;
    private const int MostBytes = 4_096;

    public bool IsAccepted => Status is >= 200 and < 300;

    public bool IsRateLimit => Status == 429;

    /// <summary>Gets whether the same may be accepted later.</summary>
    public bool IsTransient => Status is 0 or >= 500;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellation)
    {
        TimeSpan? after = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date ? date - time.GetUtcNow() : null);
        var answer = new Answer((int)response.StatusCode, after);
        if (answer.IsAccepted)
        {
            return answer;
        }

        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            byte[] start = new byte[MostBytes];
            int length = await body.ReadAtLeastAsync(start, MostBytes, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);

            // The client of the SDK would read all of it, however long.
            response.Content = new ByteArrayContent(start, 0, length);
            return answer with { Problem = length == 0 ? null : SafeText.Line(Encoding.UTF8.GetString(start, 0, length), MostShown) };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status is known, what it is about is not.
            response.Content = null;
            return answer;
        }
    }
}
