using System.Globalization;
using Mcp.Monitoring.Mutations;

// dotnet run --project tests/Mcp.Monitoring.Mutations -- Alerting/Rules "Mcp.Monitoring.Tests.Alerting.Rules*,Mcp.Monitoring.Tests.Configuration" [--sample 60] [--seed 1]
if (args.Length < 2)
{
    Console.Error.WriteLine("Name a folder below src/Mcp.Monitoring and the namespaces of the tests that are to find its mutations; --sample 60 --seed 1 tries some of them only.");
    return 2;
}

int sample = Option("--sample", int.MaxValue), seed = Option("--seed", 1);
string folder = Path.Combine(Path.GetTempPath(), $"mutations-{Environment.ProcessId}");
try
{
    var copy = new MutatedCopy(folder, args[0]);
    var tests = new TestRun(folder, args[1]);
    IReadOnlyList<Mutation> mutations = copy.Build();
    TimeSpan usual = tests.Time();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mutations.Count} mutations; without one the tests take {usual.TotalSeconds:0} s."));

    var random = new Random(seed);
    Mutation[] tried = [.. mutations.OrderBy(_ => random.Next()).Take(sample).OrderBy(mutation => mutation.File, StringComparer.Ordinal).ThenBy(mutation => mutation.Line)];
    int killed = 0;
    foreach (Mutation mutation in tried)
    {
        bool isFound = tests.Finds(mutation.Number, (5 * usual) + TimeSpan.FromSeconds(30));
        killed += isFound ? 1 : 0;
        Console.WriteLine($"{(isFound ? "killed  " : "SURVIVED")} {mutation}");
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{killed} of {tried.Length} killed ({100.0 * killed / Math.Max(1, tried.Length):0.0} %)."));
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

int Option(string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var place ? int.Parse(args[place + 1], CultureInfo.InvariantCulture) : otherwise;
