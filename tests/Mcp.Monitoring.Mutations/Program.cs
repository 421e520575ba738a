using System.Globalization;
using Mcp.Monitoring.Mutations;

// dotnet run --project tests/Mcp.Monitoring.Mutations -- Alerting/Rules "Mcp.Monitoring.Tests.Alerting.Rules*,Mcp.Monitoring.Tests.Configuration" --sample 60 --seed 1
if (args.Length < 2)
{
    Console.Error.WriteLine(
        "Name folders below src/Mcp.Monitoring, and the namespaces of the tests that are to find their mutations, with commas between; -*.SlowTests leaves out a class or a test. "
        + "--sample 60 --seed 1 tries some mutations of each folder only.");
    return 2;
}

int sample = Option("--sample", int.MaxValue), seed = Option("--seed", 1);
string place = Path.Combine(Path.GetTempPath(), $"mutations-{Environment.ProcessId}");
try
{
    string[] folders = args[0].Split(',');
    var tests = new TestRun(place, args[1]);
    IReadOnlyList<Mutation> mutations = new MutatedCopy(place, folders).Build();
    TimeSpan usual = tests.Time();
    TimeSpan longest = (3 * usual) + TimeSpan.FromSeconds(20);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mutations.Count} mutations; without one the tests take {usual.TotalSeconds:0} s."));
    foreach (string folder in folders)
    {
        var random = new Random(seed);
        Mutation[] tried =
        [
            .. mutations.Where(mutation => mutation.File.Contains($"/{folder}/", StringComparison.Ordinal)).OrderBy(_ => random.Next()).Take(sample)
                .OrderBy(mutation => mutation.File, StringComparer.Ordinal).ThenBy(mutation => mutation.Line),
        ];
        int found = 0;
        foreach (Mutation mutation in tried)
        {
            Verdict verdict = tests.Of(mutation.Number, longest);
            found += verdict == Verdict.Survived ? 0 : 1;
            Console.WriteLine($"{verdict,-8} {mutation}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: {found} of {tried.Length} killed ({100.0 * found / Math.Max(1, tried.Length):0.0} %)."));
    }

    return 0;
}
finally
{
    Directory.Delete(place, recursive: true);
}

int Option(string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var index ? int.Parse(args[index + 1], CultureInfo.InvariantCulture) : otherwise;
