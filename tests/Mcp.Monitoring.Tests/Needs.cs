using System.Diagnostics.CodeAnalysis;

namespace Mcp.Monitoring.Tests;

/// <summary>What a test cannot do without. Who lacks it reads on the console what to do about it: of a skipped test, <c>dotnet test</c> shows the name alone.</summary>
internal static class Needs
{
    public static void That([DoesNotReturnIf(false)] bool isThere, string whatToDo)
    {
        if (!isThere)
        {
            ITestContext test = TestContext.Current;
            test.SendDiagnosticMessage("{0} is skipped: {1}", test.Test?.TestDisplayName ?? test.TestClass?.TestClassName, whatToDo);
            Assert.Skip(whatToDo);
        }
    }
}
