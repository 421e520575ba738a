using System.Text.Json.Serialization;

namespace Mcp.Monitoring.StatusPage.Views;

/// <summary>The views as JSON: <c>snake_case</c>, closed lists by their names.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(ChartsView))]
[JsonSerializable(typeof(OperationDetail))]
[JsonSerializable(typeof(IReadOnlyList<RuleView>))]
internal sealed partial class StatusJson : JsonSerializerContext;
