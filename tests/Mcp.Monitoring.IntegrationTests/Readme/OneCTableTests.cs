using System.Net;
using Mcp.Monitoring.Instrumentation.Dependencies.OneC;
using Mcp.Monitoring.Operations;

namespace Mcp.Monitoring.IntegrationTests.Readme;

/// <summary>What the pages say that 1C's words mean.</summary>
public sealed class OneCTableTests
{
    [Theory]
    [InlineData("docs/dependencies.md", "1C says")]
    [InlineData("docs/dependencies.ru.md", "1С говорит")]
    public void What_1C_says_is_classified_and_named_as_the_page_has_it(string page, string column)
    {
        IReadOnlyList<string[]> rows = Pages.All.Single(one => one.Name == page).Tables.Single(table => table.Columns[0] == column).Rows;

        // The last row is of errors that say nothing of these.
        string[] wrong =
        [
            .. from row in rows.SkipLast(1)
               from said in row[0].Split(", ").Where(said => !said.Contains("401", StringComparison.Ordinal))
               let fault = OneCFault.Of(HttpStatusCode.InternalServerError, said.Split('…')[^1].Trim())
               let told = $"`{fault.Type.Label()}` 1c: {fault.Words}"
               where told != $"{row[1]} {row[2]}"
               select $"{said}: {told}",
        ];

        Assert.Equal(9, rows.Count);
        Assert.Empty(wrong);
    }
}
