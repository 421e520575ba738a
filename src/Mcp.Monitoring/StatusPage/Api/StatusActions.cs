using System.Globalization;
using System.Text.Json;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.StatusPage.Access;
using Microsoft.AspNetCore.Http;

namespace Mcp.Monitoring.StatusPage.Api;

/// <summary>Does what people ask for on the page, with a line in the log for each.</summary>
internal sealed class StatusActions(IAlertManager alerts, StatusAnswers answers, PageAudit audit, TimeProvider time)
{
    public const string NumberValue = "number", IdValue = "id", ChannelValue = "name";

    private const int LongestRequest = 16 * 1024, LongestName = 64, LongestComment = 500, MostMatchers = 20, MostPreviewed = 20;

    /// <summary>How long an action waits for alerting.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(365);

    public Task AcknowledgeAsync(HttpContext http) => OfIncidentAsync(http, "acknowledge", alerts.AcknowledgeAsync);

    public Task ResolveAsync(HttpContext http) => OfIncidentAsync(http, "resolve", alerts.ResolveIncidentAsync);

    public async Task SilenceAsync(HttpContext http)
    {
        if (await ReadAsync(http).ConfigureAwait(false) is not { } request || await MatchersAsync(http, request).ConfigureAwait(false) is not { } matchers)
        {
            return;
        }

        if (request.Minutes is not (>= 1 and var minutes) || minutes > LongestSilence.TotalMinutes)
        {
            await JsonAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, "minutes is missing or out of range. Set it to 1 to 525600.").ConfigureAwait(false);
            return;
        }

        if (Text(request.Comment, LongestComment) is not { } comment)
        {
            await JsonAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, "comment is missing. Say why nobody shall be told.").ConfigureAwait(false);
            return;
        }

        string by = NameOf(http, request);
        string what = $"silence {string.Join(", ", matchers)} for {minutes.ToString("0.#", CultureInfo.InvariantCulture)} min";
        try
        {
            var asked = alerts.SilenceAsync(new Silence { Matchers = matchers, EndsAt = time.GetUtcNow().AddMinutes(minutes), CreatedBy = by, Comment = comment });
            if (await WaitAsync(http, asked).ConfigureAwait(false) is not { } made)
            {
                return;
            }

            if (made.Id.Length == 0)
            {
                await JsonAnswer.RefuseAsync(http, StatusCodes.Status409Conflict, "Alerts are switched off: there is nothing to silence. Set alerts.enabled: true.").ConfigureAwait(false);
                return;
            }

            audit.Write(http, PageCaller.Of(http), request.By, what, "done");
            await JsonAnswer.SendAsync(http, new DoneAnswer(Done: true, made.Id), ApiJson.Default.DoneAnswer).ConfigureAwait(false);
        }
        catch (ArgumentException refused)
        {
            audit.Write(http, PageCaller.Of(http), request.By, what, "refused");
            await JsonAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, WordsOf(refused)).ConfigureAwait(false);
        }
    }

    public async Task PreviewAsync(HttpContext http)
    {
        if (await ReadAsync(http).ConfigureAwait(false) is { } request && await MatchersAsync(http, request).ConfigureAwait(false) is { } matchers)
        {
            Alert[] matched = [.. alerts.List().Where(alert => alert.State != AlertState.Resolved && matchers.TrueForAll(matcher => matcher.Matches(alert.Labels)))];
            await JsonAnswer.SendAsync(http, new PreviewAnswer(matched.Length, [.. matched.Take(MostPreviewed).Select(alert => $"{alert.Name}: {alert.Summary}")]), ApiJson.Default.PreviewAnswer).ConfigureAwait(false);
        }
    }

    public async Task EndSilenceAsync(HttpContext http)
    {
        string id = (string)http.Request.RouteValues[IdValue]!;
        await AnswerAsync(http, by: null, $"end silence {id}", alerts.UnsilenceAsync(id), "There is no such silence that a person has made. One of the settings ends where it is written.").ConfigureAwait(false);
    }

    public async Task TestAsync(HttpContext http)
    {
        string channel = (string)http.Request.RouteValues[ChannelValue]!;
        DeliveryResult result = await alerts.SendTestAsync(channel, http.RequestAborted).ConfigureAwait(false);
        bool isDelivered = result.Status == DeliveryStatus.Delivered;
        audit.Write(http, PageCaller.Of(http), by: null, $"test {channel}", isDelivered ? "delivered" : "not delivered");
        await JsonAnswer.SendAsync(http, new TestAnswer(isDelivered, isDelivered ? $"{channel} has taken the message." : result.Error ?? $"{channel} has not taken the message."), ApiJson.Default.TestAnswer).ConfigureAwait(false);
    }

    private async Task OfIncidentAsync(HttpContext http, string action, Func<int, string, string?, Task<bool>> act)
    {
        if (await ReadAsync(http).ConfigureAwait(false) is not { } request)
        {
            return;
        }

        int number = int.Parse((string)http.Request.RouteValues[NumberValue]!, CultureInfo.InvariantCulture);
        await AnswerAsync(
            http, request.By, $"{action} incident {number.ToString(CultureInfo.InvariantCulture)}", act(number, NameOf(http, request), Text(request.Comment, LongestComment)), "There is no such incident that is open. It may be over.").ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext http, string? by, string action, Task<bool> asked, string otherwise)
    {
        if (await WaitAsync(http, WordAsync(asked)).ConfigureAwait(false) is not { } done)
        {
            return;
        }

        audit.Write(http, PageCaller.Of(http), by, action, done.Done ? "done" : "there is none");
        await (done.Done
            ? JsonAnswer.SendAsync(http, done, ApiJson.Default.DoneAnswer)
            : JsonAnswer.RefuseAsync(http, StatusCodes.Status404NotFound, otherwise)).ConfigureAwait(false);
    }

    private static async Task<DoneAnswer> WordAsync(Task<bool> asked) => new(await asked.ConfigureAwait(false));

    // Null once the caller has been told why there is no answer.
    private async Task<T?> WaitAsync<T>(HttpContext http, Task<T> asked)
        where T : class
    {
        try
        {
            T answer = await asked.WaitAsync(LongestWait, time, http.RequestAborted).ConfigureAwait(false);
            answers.Forget();
            return answer;
        }
        catch (Exception fault) when (fault is TimeoutException or InvalidOperationException)
        {
            string words = fault is TimeoutException ? "Alerting has not answered within 5 seconds, and may still do what was asked. Look again in a minute." : fault.Message;
            await JsonAnswer.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, words).ConfigureAwait(false);
            return null;
        }
    }

    // Who is known to the host acts by that name, whatever he types.
    private static string NameOf(HttpContext http, ActionRequest request) => PageCaller.Of(http).Name ?? Text(request.By, LongestName) ?? "status page";

    private static string? Text(string? text, int longest) => string.IsNullOrWhiteSpace(text) ? null : TextCut.At(text.Trim(), longest);

    private static string WordsOf(Exception refused) => refused is ArgumentException { ParamName: { } name } ? refused.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : refused.Message;

    private static async Task<List<LabelMatcher>?> MatchersAsync(HttpContext http, ActionRequest request)
    {
        var matchers = new List<LabelMatcher>();
        if (request.Matchers?.Count > MostMatchers)
        {
            await JsonAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, "matchers has more than 20. Leave some out: a silence that has fewer holds for more alerts.").ConfigureAwait(false);
            return null;
        }

        foreach (string text in request.Matchers ?? [])
        {
            if (!LabelMatcher.TryParse(text ?? "", out LabelMatcher? matcher, out string? problem))
            {
                await JsonAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, problem).ConfigureAwait(false);
                return null;
            }

            matchers.Add(matcher);
        }

        if (matchers.Count > 0)
        {
            return matchers;
        }

        await JsonAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, "matchers is missing. Write some as Alertmanager does, such as dependency=\"1c\".").ConfigureAwait(false);
        return null;
    }

    private static async Task<ActionRequest?> ReadAsync(HttpContext http)
    {
        byte[] body = new byte[LongestRequest + 1];
        int length = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted).ConfigureAwait(false);
        try
        {
            if (length <= LongestRequest)
            {
                return length == 0 ? new ActionRequest() : JsonSerializer.Deserialize(body.AsSpan(0, length), ApiJson.Default.ActionRequest) ?? new ActionRequest();
            }
        }
        catch (JsonException)
        {
            await JsonAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, "The body is no JSON object with by, comment, matchers and minutes.").ConfigureAwait(false);
            return null;
        }

        await JsonAnswer.RefuseAsync(http, StatusCodes.Status413PayloadTooLarge, "The body has more than 16384 bytes.").ConfigureAwait(false);
        return null;
    }
}
