using System.Text.Json;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.ErrorTracking.Protocol;

/// <summary>Writes the exceptions of an event: the innermost first, the one that was caught last.</summary>
internal sealed class ExceptionPayload(PayloadWriter payload, InAppRules inApp)
{
    private const string Unreadable = "[its message cannot be read]";

    private readonly Utf8JsonWriter _json = payload.Json;
    private readonly TextBudget _texts = new(PayloadLimits.ExceptionTexts);

    public void Write(SentryEvent item, Exception exception)
    {
        IReadOnlyList<ChainedException> tree = ExceptionTree.Of(exception, PayloadLimits.Exceptions);

        // Read from the outside, which matters most while there is room, and written from the inside.
        var frames = new IReadOnlyList<CodeFrame>[tree.Count];
        int room = PayloadLimits.FramesOfAll;
        for (int i = 0; i < tree.Count; i++)
        {
            frames[i] = StackFrames.Of(tree[i].Exception, Math.Min(PayloadLimits.Frames, room));
            room -= frames[i].Count;
        }

        string[] messages = [.. tree.Select(chained => payload.Clean(Message(chained.Exception), PayloadLimits.Message, _texts))];
        _json.WriteStartObject("exception");
        _json.WriteStartArray("values");
        for (int i = tree.Count - 1; i >= 0; i--)
        {
            _json.WriteStartObject();
            Type type = tree[i].Exception.GetType();
            payload.Plain("type", MethodName.Of(type), PayloadLimits.ExceptionType);
            _json.WriteString("value", messages[i]);
            payload.Plain("module", type.Assembly.GetName().Name);
            _json.WriteNumber("thread_id", item.ThreadId);
            WriteMechanism(item, tree[i]);
            WriteFrames(frames[i]);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteMechanism(SentryEvent item, ChainedException chained)
    {
        bool isOutermost = chained.ParentId is null;
        _json.WriteStartObject("mechanism");
        payload.Plain("type", isOutermost ? item.MechanismType ?? "generic" : "chained", PayloadLimits.Name);
        if (isOutermost && item.IsHandled is { } isHandled)
        {
            _json.WriteBoolean("handled", isHandled);
        }

        _json.WriteNumber("exception_id", chained.Id);
        if (chained.ParentId is { } parent)
        {
            _json.WriteNumber("parent_id", parent);
            payload.Plain("source", chained.Source);
        }

        if (chained.Exception is AggregateException)
        {
            _json.WriteBoolean("is_exception_group", true);
        }

        if (isOutermost)
        {
            payload.Pairs("data", item.MechanismData, _texts);
        }

        _json.WriteEndObject();
    }

    private void WriteFrames(IReadOnlyList<CodeFrame> frames)
    {
        if (frames.Count == 0)
        {
            return;
        }

        _json.WriteStartObject("stacktrace");
        _json.WriteStartArray("frames");
        foreach (CodeFrame frame in frames)
        {
            _json.WriteStartObject();
            payload.Plain("function", frame.Name.Function);
            payload.Plain("module", frame.Name.Module);
            payload.Plain("package", frame.Assembly);
            if (frame.Path is { Length: > 0 } path)
            {
                // The end of a path says more than its beginning.
                payload.Plain("filename", path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..]);
                payload.Plain("abs_path", path.Length > PayloadLimits.FrameName ? path[^PayloadLimits.FrameName..] : path);
                _json.WriteNumber("lineno", frame.Line);
                _json.WriteNumber("colno", frame.Column);
            }

            _json.WriteBoolean("in_app", inApp.IsInApp(frame.Name.Module));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private static string Message(Exception exception)
    {
        try
        {
            return ExceptionText.MessageOf(exception) ?? "";
        }
        catch (Exception)
        {
            return Unreadable;
        }
    }
}
