using System.Text.Json.Serialization;

namespace Mcp.Monitoring.StatusPage.Api;

/// <summary>What an action says, all of it optional but where the action needs it.</summary>
internal sealed record ActionRequest
{
    /// <summary>Gets who acts, where the host does not know it.</summary>
    public string? By { get; init; }

    public string? Comment { get; init; }

    /// <summary>Gets what a silence matches, as Alertmanager writes it.</summary>
    public IReadOnlyList<string>? Matchers { get; init; }

    /// <summary>Gets how long a silence lasts.</summary>
    public double? Minutes { get; init; }
}

/// <summary>Why something was not done.</summary>
/// <param name="Error">What is wrong and what to do.</param>
internal sealed record ErrorAnswer(string Error);

/// <summary>That something was done.</summary>
/// <param name="Done">Always true.</param>
/// <param name="Id">The id of the silence that was made, if one was.</param>
internal sealed record DoneAnswer(bool Done, string? Id = null);

/// <summary>What a silence would keep from being told.</summary>
/// <param name="Count">How many alerts.</param>
/// <param name="Alerts">Their summaries, at most 20.</param>
internal sealed record PreviewAnswer(int Count, IReadOnlyList<string> Alerts);

/// <summary>What became of a test message.</summary>
/// <param name="Delivered">Whether the channel took it.</param>
/// <param name="Words">What it answered.</param>
internal sealed record TestAnswer(bool Delivered, string Words);

/// <summary>The requests and answers of the API as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(DoneAnswer))]
[JsonSerializable(typeof(PreviewAnswer))]
[JsonSerializable(typeof(TestAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext;
