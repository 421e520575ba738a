using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mcp.Monitoring.Infrastructure.Redaction;
using Mcp.Monitoring.Infrastructure.Redaction.Names;
using Sentry;
using Sentry.Protocol;

namespace Mcp.Monitoring.Errors.Sentry;

/// <summary>Takes secrets out of an event, and all that is more than Sentry takes. Sentry refuses events of more than a megabyte.</summary>
internal sealed class EventScrubber(ScrubbedText text)
{
    // Typed, and written by the client itself from what it knows of the process.
    private static readonly HashSet<string> OfClient = new(StringComparer.Ordinal) { "trace", "runtime", "os", "device", "app", "gpu", "Current Culture", "ThreadPool Info", "Memory Info", "Dynamic Code" };

    public void Scrub(SentryEvent sentryEvent)
    {
        sentryEvent.Logger = Text(sentryEvent.Logger, PayloadLimits.Logger);
        sentryEvent.TransactionName = Line(sentryEvent.TransactionName, PayloadLimits.Name);
        sentryEvent.Environment = Line(sentryEvent.Environment, PayloadLimits.Environment);
        sentryEvent.Release = Line(sentryEvent.Release, PayloadLimits.Name);
        sentryEvent.ServerName = Line(sentryEvent.ServerName, PayloadLimits.Name);
        sentryEvent.Fingerprint = [.. sentryEvent.Fingerprint.Where(part => !string.IsNullOrEmpty(part)).Take(PayloadLimits.FingerprintParts).Select(part => text.Clean(part, PayloadLimits.FingerprintPart))];
        if (sentryEvent.Message is { } message)
        {
            sentryEvent.Message = new SentryMessage
            {
                Message = Text(message.Message, PayloadLimits.Message),
                Formatted = Text(message.Formatted, PayloadLimits.Message),
                Params = message.Params is null ? null : [.. message.Params.Take(PayloadLimits.Pairs).Select(one => text.Clean(PlainData.Written(one), PayloadLimits.PairValue))],
            };
        }

        Scrub(sentryEvent.User);
        Scrub(sentryEvent.Request);
        ScrubExceptions(sentryEvent);
        ScrubTags(sentryEvent);
        ScrubExtra(sentryEvent);
        ScrubContexts(sentryEvent.Contexts);
        ScrubBreadcrumbs(sentryEvent);
    }

    /// <summary>A breadcrumb as it may be sent; its time cannot be given to a new one but in its JSON.</summary>
    public Breadcrumb Scrub(Breadcrumb crumb)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            new Breadcrumb(
                Text(crumb.Message, PayloadLimits.Message)!,
                Text(crumb.Type, PayloadLimits.PairKey)!,
                crumb.Data?.Take(PayloadLimits.Pairs).ToDictionary(pair => text.Clean(pair.Key, PayloadLimits.PairKey), pair => Value(pair.Key, pair.Value), StringComparer.Ordinal),
                Text(crumb.Category, PayloadLimits.Name),
                crumb.Level).WriteTo(json, logger: null);
        }

        JsonNode timed = JsonNode.Parse(output.WrittenSpan)!;
        timed["timestamp"] = crumb.Timestamp;
        using var whole = JsonDocument.Parse(timed.ToJsonString());
        return Breadcrumb.FromJson(whole.RootElement);
    }

    private void ScrubExceptions(SentryEvent sentryEvent)
    {
        if (sentryEvent.SentryExceptions is not { } all)
        {
            return;
        }

        // From the outside, which matters most while there is room.
        SentryException[] kept = [.. all.TakeLast(PayloadLimits.Exceptions)];
        var texts = new TextBudget(PayloadLimits.ExceptionTexts);
        int room = PayloadLimits.FramesOfAll;
        foreach (SentryException exception in kept.Reverse())
        {
            exception.Type = exception.Type is { } type ? SafeText.Clean(type, PayloadLimits.ExceptionType) : null;
            exception.Value = text.Clean(exception.Value ?? "", PayloadLimits.Message, texts);
            if (exception.Stacktrace is { } trace)
            {
                trace.Frames = Kept(trace.Frames, Math.Min(PayloadLimits.Frames, room));
                room -= trace.Frames.Count;
            }

            if (exception.Mechanism is { } mechanism)
            {
                mechanism.HelpLink = Text(mechanism.HelpLink, PayloadLimits.PairValue);
                mechanism.Description = Text(mechanism.Description, PayloadLimits.PairValue);
                Replace(mechanism.Data, new PlainData(text, texts));
            }
        }

        sentryEvent.SentryExceptions = kept;
    }

    // The way in and the place where it broke say more than the middle of a recursion.
    private static IList<SentryStackFrame> Kept(IList<SentryStackFrame> frames, int most) =>
        frames.Count <= most ? frames : [.. frames.Take(most / 2), .. frames.TakeLast(most - (most / 2))];

    private static void Replace(IDictionary<string, object> values, PlainData plain)
    {
        Dictionary<string, object?> kept = plain.Pairs(values.Select(pair => new KeyValuePair<string, object?>(pair.Key, pair.Value)));
        values.Clear();
        foreach ((string key, object? value) in kept)
        {
            values[key] = value!;
        }
    }

    private void ScrubTags(SentryEvent sentryEvent)
    {
        KeyValuePair<string, string>[] tags = [.. sentryEvent.Tags];
        foreach ((string key, string _) in tags)
        {
            sentryEvent.UnsetTag(key);
        }

        foreach ((string key, string value) in tags)
        {
            string known = TagKey(key);
            if (known.Length > 0 && !string.IsNullOrWhiteSpace(value) && sentryEvent.Tags.Count < PayloadLimits.Tags && !sentryEvent.Tags.ContainsKey(known))
            {
                sentryEvent.SetTag(known, SecretNames.IsTelling(key) ? SecretScrubber.Replacement : text.Line(value, PayloadLimits.TagValue));
            }
        }
    }

    private void ScrubExtra(SentryEvent sentryEvent)
    {
        var plain = new PlainData(text, new TextBudget(PayloadLimits.DataTexts));
        if (sentryEvent.Extra is IDictionary<string, object?> { IsReadOnly: false } extra)
        {
            Dictionary<string, object?> kept = plain.Pairs([.. extra]);
            extra.Clear();
            foreach ((string key, object? value) in kept)
            {
                sentryEvent.SetExtra(key, value);
            }

            return;
        }

        foreach ((string key, object? value) in sentryEvent.Extra.ToArray())
        {
            sentryEvent.SetExtra(key, plain.Named(key, value));
        }
    }

    private void ScrubContexts(SentryContexts contexts)
    {
        var budget = new TextBudget(PayloadLimits.ContextTexts);
        var plain = new PlainData(text, budget);
        foreach ((string name, object value) in contexts.ToArray())
        {
            if (OfClient.Contains(name) || value is Response or App or Device or Browser or Gpu)
            {
                continue;
            }

            contexts.Remove(name);
            if (budget.Left > 0)
            {
                contexts[text.Clean(name, PayloadLimits.PairKey, budget)] = plain.Named(name, value)!;
            }
        }
    }

    // The last ones, as many as there is room for: those just before the error say most.
    private void ScrubBreadcrumbs(SentryEvent sentryEvent)
    {
        if (sentryEvent.Breadcrumbs.Count == 0 || sentryEvent.Breadcrumbs is not ICollection<Breadcrumb> { IsReadOnly: false } crumbs)
        {
            return;
        }

        int room = PayloadLimits.BreadcrumbTexts;
        Breadcrumb[] kept = [.. crumbs.TakeLast(PayloadLimits.Breadcrumbs).Reverse().TakeWhile(crumb => (room -= Length(crumb)) >= 0).Reverse()];
        crumbs.Clear();
        foreach (Breadcrumb crumb in kept)
        {
            sentryEvent.AddBreadcrumb(Scrub(crumb));
        }
    }

    private static int Length(Breadcrumb crumb) =>
        Math.Min(crumb.Message?.Length ?? 0, PayloadLimits.Message)
        + (crumb.Data?.Take(PayloadLimits.Pairs).Sum(pair => PayloadLimits.PairKey + Math.Min(pair.Value?.Length ?? 0, PayloadLimits.PairValue)) ?? 0);

    private void Scrub(SentryUser user)
    {
        user.Id = Line(user.Id, PayloadLimits.UserId);
        user.Username = Line(user.Username, PayloadLimits.UserId);
        user.Email = Line(user.Email, PayloadLimits.UserId);
        Scrub(user.Other, PayloadLimits.PairValue);
    }

    private void Scrub(SentryRequest request)
    {
        request.Method = Line(request.Method, PayloadLimits.TagKey);
        request.Url = Line(request.Url, PayloadLimits.Address);
        request.QueryString = Line(request.QueryString, PayloadLimits.Address);
        request.Cookies = request.Cookies is null ? null : SecretScrubber.Replacement;
        request.Data = request.Data is null ? null : new PlainData(text, new TextBudget(PayloadLimits.DataTexts)).Named("data", request.Data);
        Scrub(request.Headers, PayloadLimits.PairValue);
        Scrub(request.Env, PayloadLimits.PairValue);
        Scrub(request.Other, PayloadLimits.PairValue);
    }

    private void Scrub(IDictionary<string, string> pairs, int limit)
    {
        foreach ((string key, string value) in pairs.ToArray())
        {
            pairs.Remove(key);
            if (pairs.Count < PayloadLimits.Pairs)
            {
                pairs[text.Clean(key, PayloadLimits.PairKey)] = SecretNames.IsTelling(key) ? SecretScrubber.Replacement : text.Clean(value ?? "", limit);
            }
        }
    }

    private string Value(string key, string? value) => SecretNames.IsTelling(key) ? SecretScrubber.Replacement : text.Clean(value ?? "", PayloadLimits.PairValue);

    private string? Text(string? value, int limit) => string.IsNullOrEmpty(value) ? null : text.Clean(value, limit);

    private string? Line(string? value, int limit) => string.IsNullOrEmpty(value) ? null : text.Line(value, limit);

    private static string TagKey(string key) =>
        string.Create(
            Math.Min(key.Length, PayloadLimits.TagKey),
            key,
            static (known, key) =>
            {
                for (int i = 0; i < known.Length; i++)
                {
                    char c = key[i];
                    known[i] = char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-' ? c : '_';
                }
            });
}
