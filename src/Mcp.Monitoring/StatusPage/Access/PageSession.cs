using System.Text.Json.Serialization;

namespace Mcp.Monitoring.StatusPage.Access;

/// <summary>What a caller is on the page.</summary>
/// <param name="MayAct">Whether he may do more than read.</param>
/// <param name="ReadOnly">Whether nobody may.</param>
/// <param name="SignedIn">Whether he has a cookie of the token, which a sign-out takes.</param>
/// <param name="Name">The name of the user, where the host knows it.</param>
/// <param name="Antiforgery">What his actions must bring in the header <c>X-Mcp-Antiforgery</c>.</param>
internal sealed record PageSession(bool MayAct, bool ReadOnly, bool SignedIn, string? Name, string Antiforgery);

/// <summary>What access says, as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageSession))]
[JsonSerializable(typeof(PageError))]
internal sealed partial class AccessJson : JsonSerializerContext;

/// <summary>What is wrong and what to do.</summary>
internal sealed record PageError(string Error);
