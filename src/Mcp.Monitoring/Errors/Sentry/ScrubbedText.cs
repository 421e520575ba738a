namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>The one way of text from outside into a payload: searched for secrets, made valid, cut.</summary>
internal sealed class ScrubbedText(Func<string, string> scrub)
{
    private const string NotScrubbed = "[left out: it could not be searched for secrets]";

    // A text of many megabytes is cut before it is searched, but beyond its limit, so that a secret at the limit is still seen whole.
    private const int Margin = 1_024;

    /// <summary>Text within a limit and within what is left of a budget.</summary>
    public string Clean(string text, int limit, TextBudget? budget)
    {
        limit = Math.Min(limit, budget?.Left ?? limit);
        string clean = limit == 0 ? "" : Clean(text, limit);
        budget?.Take(clean.Length);
        return clean;
    }

    public string Clean(string text, int limit) => SafeText.Clean(Scrub(text, limit), limit);

    /// <summary>Text for a place that takes one line only.</summary>
    public string Line(string text, int limit) => SafeText.Line(Scrub(text, limit), limit);

    private string Scrub(string text, int limit)
    {
        try
        {
            return scrub(text.Length > limit + Margin ? text[..(limit + Margin)] : text) ?? "";
        }
        catch (Exception)
        {
            return NotScrubbed;
        }
    }
}
