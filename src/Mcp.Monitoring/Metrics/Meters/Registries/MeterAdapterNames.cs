using System.Text;

namespace Mcp.Monitoring.Metrics.Meters.Registries;

/// <summary>The metrics that prometheus-net's MeterAdapter makes of instruments: <c>my_shop_orders_sold</c> of <c>orders.sold</c> of the meter <c>My.Shop</c>.</summary>
internal static class MeterAdapterNames
{
    // It ends each description with the type of the instrument: "(items) sold ones (Counter`1)".
    private static readonly byte[] EndOfHelp = "`1)"u8.ToArray();

    public static string PrefixOf(string meter)
    {
        var prefix = new StringBuilder(meter.Length + 1);
        foreach (char c in meter)
        {
            prefix.Append(char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_');
        }

        return prefix.Append('_').ToString();
    }

    public static bool IsOf(ExportedFamily family, IReadOnlyList<string> prefixes) =>
        family.Help.Span.EndsWith(EndOfHelp) && prefixes.Any(prefix => family.Name.StartsWith(prefix, StringComparison.Ordinal));

}
