namespace Mcp.Monitoring.Alerting.Settings;

/// <summary>What a silence must be like.</summary>
internal static class SilenceValidator
{
    private const int LongestText = 500;
    private const int MostMatchers = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Finds out what is wrong with one; <see langword="null"/> if nothing is.</summary>
    public static string? Problem(Silence silence, DateTimeOffset utc) =>
        silence.Matchers is null || !silence.Matchers.Any(matcher => matcher is not null && !matcher.Matches("")) || silence.Matchers.OfType<LabelMatcher>().MatchAllOrNothing()
            ? "It would silence everything: give at least one matcher that an empty value does not match, and not one that every alert has, such as mcp_service."
        : silence.Matchers.Count > MostMatchers ? $"It has {silence.Matchers.Count} matchers; give at most {MostMatchers}."
        : silence.Matchers.FirstOrDefault(matcher => !IsReadable(matcher)) is { } unreadable ? $"Its matcher {Infrastructure.Validation.Printable.Cut(unreadable.ToString())} could not be read again: a name is of a-z A-Z 0-9 _, a value has at most 1,000 characters."
        : silence.Matchers.Contains(null!) ? "One of its matchers is null."
        : silence.EndsAt <= utc ? "It has ended already: set EndsAt to a time to come."
        : silence.EndsAt <= silence.StartsAt ? "It ends before it starts."
        : silence.EndsAt - (silence.StartsAt > utc ? silence.StartsAt : utc) > Longest ? "It is longer than a year."
        : string.IsNullOrWhiteSpace(silence.CreatedBy) ? "It does not say who made it: set CreatedBy."
        : silence.Comment is null ? "Its comment is null: leave it out."
        : silence.CreatedBy.Length > LongestText || silence.Comment.Length > LongestText ? $"CreatedBy or Comment has more than {LongestText} characters."
        : null;

    // What is stored is the text of a matcher.
    private static bool IsReadable(LabelMatcher? matcher) => matcher is null || (LabelMatcher.TryParse(matcher.ToString(), out LabelMatcher? read, out _) && read.Equals(matcher));
}
