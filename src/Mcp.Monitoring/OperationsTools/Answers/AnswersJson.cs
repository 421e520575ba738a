using System.Text.Json.Serialization;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>The answers as JSON: <c>snake_case</c>, what is not known left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(IncidentsAnswer))]
[JsonSerializable(typeof(IncidentStory))]
[JsonSerializable(typeof(OperationsAnswer))]
[JsonSerializable(typeof(OperationStory))]
[JsonSerializable(typeof(FailuresAnswer))]
[JsonSerializable(typeof(MetricAnswer))]
[JsonSerializable(typeof(ObjectivesAnswer))]
[JsonSerializable(typeof(RulesAnswer))]
[JsonSerializable(typeof(ActionAnswer))]
[JsonSerializable(typeof(ErrorText))]
internal sealed partial class AnswersJson : JsonSerializerContext;
