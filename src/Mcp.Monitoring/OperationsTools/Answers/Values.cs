using System.Globalization;

namespace Mcp.Monitoring.OperationsTools.Answers;

/// <summary>Numbers as a model reads them.</summary>
internal static class Values
{
    private const int Digits = 6;

    /// <summary>Gets a number with at most six digits that say something; what is none is left out.</summary>
    public static double? Rounded(double? number) =>
        number is not { } known || !double.IsFinite(known) ? null
        : known == Math.Floor(known) ? known
        : double.Parse(known.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
