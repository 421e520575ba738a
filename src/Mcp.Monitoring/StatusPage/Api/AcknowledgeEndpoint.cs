using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.StatusPage.Access;
using Mcp.Monitoring.StatusPage.Assets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mcp.Monitoring.StatusPage.Api;

/// <summary>The link of a message that acknowledges its incident: a look at it, such as that of a mail filter, changes nothing.</summary>
internal sealed class AcknowledgeEndpoint(
    AcknowledgeTickets tickets, IAlertManager alerts, StatusAnswers answers, PageAssets assets, PageAudit audit, Func<bool> isReadOnly, TimeProvider time)
{
    public const string TicketValue = "ticket";

    private const int LongestName = 64, LongestComment = 500, MostBytes = 16_384;

    // When it was opened is told by the clock of now, which may have been set since.
    private static readonly TimeSpan ClockChange = TimeSpan.FromMinutes(2);

    private static readonly FormOptions Bounds = new() { KeyLengthLimit = 64, ValueLengthLimit = 4_096, ValueCountLimit = 8 };

    /// <summary>Makes the address of a ticket.</summary>
    /// <param name="page">The address of the page, <c>alerts.page_url</c>.</param>
    /// <param name="ticket">The ticket.</param>
    /// <returns>It; <see langword="null"/> without a page, or where its address has a query.</returns>
    public static string? LinkOf(string? page, string ticket) => page is null || page.AsSpan().ContainsAny('?', '#') ? null : $"{page.TrimEnd('/')}/acknowledge/{ticket}";

    /// <summary>Shows the incident and asks.</summary>
    public Task ShowAsync(HttpContext http)
    {
        TicketState state = tickets.Read(TicketOf(http), out Ticket ticket);
        return state == TicketState.Valid && Find(ticket) is { } incident && !isReadOnly()
            ? FormAsync(http, PageForm.Acknowledge, StatusCodes.Status200OK, new(StringComparer.Ordinal)
            {
                ["error"] = "",
                ["title"] = incident.Title,
                ["what"] = SummaryOf(incident),
            })
            : RefuseAsync(http, state, ticket);
    }

    /// <summary>Acknowledges it.</summary>
    public async Task ActAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        (string? typed, string? comment) = await ReadAsync(http).ConfigureAwait(false);
        string? by = UserOf(http) ?? typed;
        TicketState state = isReadOnly() ? tickets.Read(TicketOf(http), out Ticket ticket) : tickets.Use(TicketOf(http), out ticket);
        if (state != TicketState.Valid || isReadOnly() || Find(ticket) is not { } incident)
        {
            await RefuseAsync(http, state, ticket).ConfigureAwait(false);
            return;
        }

        bool isDone;
        try
        {
            isDone = await alerts.AcknowledgeAsync(incident.Number, by ?? "a link of a message", comment).WaitAsync(StatusActions.LongestWait, time, http.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is TimeoutException or InvalidOperationException)
        {
            await MessageAsync(http, StatusCodes.Status503ServiceUnavailable, "ticket.no_answer", incident.Title).ConfigureAwait(false);
            return;
        }

        answers.Forget();
        audit.Write(http, caller: null, by, $"acknowledge incident {incident.Number.ToString(CultureInfo.InvariantCulture)}", isDone ? "done" : "it is over");
        await MessageAsync(http, isDone ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, isDone ? "ticket.done" : "ticket.over", incident.Title).ConfigureAwait(false);
    }

    private Task RefuseAsync(HttpContext http, TicketState state, Ticket ticket) => state switch
    {
        TicketState.Expired => MessageAsync(http, StatusCodes.Status410Gone, "ticket.expired"),
        TicketState.Used => MessageAsync(http, StatusCodes.Status409Conflict, "ticket.used"),
        TicketState.Valid when isReadOnly() => MessageAsync(http, StatusCodes.Status403Forbidden, "ticket.read_only"),
        TicketState.Valid => MessageAsync(http, StatusCodes.Status409Conflict, "ticket.over", Find(ticket)?.Title),
        _ => MessageAsync(http, StatusCodes.Status404NotFound, "ticket.unknown"),
    };

    // Of another replica, or of alerts that were lost, the number is another incident's.
    private Incident? Find(Ticket ticket) => alerts.ListIncidents().FirstOrDefault(incident => incident.Number == ticket.Incident
        && incident.State != IncidentState.Resolved && (incident.OpenedAt - ticket.OpenedAt).Duration() < ClockChange);

    private string SummaryOf(Incident incident) =>
        alerts.List().FirstOrDefault(alert => alert.Incident == incident.Number && alert.State != AlertState.Resolved)?.Summary ?? "";

    private Task MessageAsync(HttpContext http, int status, string text, string? title = null)
    {
        IReadOnlyDictionary<string, string> texts = PageTexts.Of(ReaderLanguage.Of(http.Request)).All;
        return FormAsync(http, PageForm.Message, status, new(StringComparer.Ordinal) { ["title"] = title ?? texts["acknowledge.title"], ["what"] = texts[text] });
    }

    private Task FormAsync(HttpContext http, PageForm form, int status, Dictionary<string, string> values)
    {
        http.Response.StatusCode = status;
        PageHeaders.SetForm(http.Response.Headers);
        return assets.Form(form, ReaderLanguage.Of(http.Request), values).SendAsync(http);
    }

    // Where the host knows the user, what he calls himself does not count.
    private static string? UserOf(HttpContext http) => http.User.Identity is { IsAuthenticated: true, Name: { } name } ? Text(name, LongestName) : null;

    private static string? TicketOf(HttpContext http) => http.Request.RouteValues[TicketValue] as string;

    private static async Task<(string? By, string? Comment)> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength > MostBytes)
        {
            return default;
        }

        try
        {
            IFormCollection fields = await http.Request.ReadFormAsync(Bounds, http.RequestAborted).ConfigureAwait(false);
            return (Text(fields["by"], LongestName), Text(fields["comment"], LongestComment));
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            // Who sends no form that can be read acknowledges without a name.
            return default;
        }
    }

    private static string? Text(string? text, int longest) => string.IsNullOrWhiteSpace(text) ? null : TextCut.At(text.Trim(), longest);
}
