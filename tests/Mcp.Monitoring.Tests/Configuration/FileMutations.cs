using System.Text;

namespace Mcp.Monitoring.Tests.Configuration;

/// <summary>Makes files wrong.</summary>
internal static class FileMutations
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", ",", "\"", "'", "- ", "? ", "| ", "> ", "&a ", "*a", "!!int ", "---\n", "...\n", "#", "%YAML 1.2\n", "\t", "\n", "null", "~", "true", "-1", "1e999", "NaN",
        ".inf", "\\u0000", "\\ud800", "\u202e", "🙂", "0x7fffffff", "99999999999999999999", "<<: *a", "@", "`", "enabled", "prometheus", "secret_file: /dev/zero",
    ];

    /// <summary>Files that somebody made on purpose.</summary>
    public static IReadOnlyDictionary<string, (string Name, byte[] File)> Hostile { get; } = new Dictionary<string, (string, byte[])>(StringComparer.Ordinal)
    {
        ["a billion laughs"] = ("m.yaml", Laughs(levels: 30)),
        ["laughs that are laughed at once"] = ("m.yaml", Laughs(levels: 5)),
        ["anchor in itself"] = ("m.yaml", Bytes("a: &a [*a]")),
        ["10 MB of keys in YAML"] = ("m.yaml", Keys(10_000_000, i => $"key{i}: 1\n", "", "")),
        ["10 MB of keys in JSON"] = ("m.json", Keys(10_000_000, i => $"\"key{i}\": 1,\n", "{", "\"end\": 1}")),
        ["as many keys in YAML as fit"] = ("m.yaml", Keys(262_000, i => $"key{i}: 1\n", "", "")),
        ["as many keys in JSON as fit"] = ("m.json", Keys(262_000, i => $"\"key{i}\": 1,\n", "{", "\"end\": 1}")),
        ["9,000 unknown keys"] = ("m.yaml", Bytes(string.Concat(Enumerable.Range(0, 9_000).Select(i => $"prometheus_{i}: 1\n")))),
        ["deep lists in YAML"] = ("m.yaml", Bytes(new string('[', 250_000))),
        ["deep lists in JSON"] = ("m.json", Bytes(new string('[', 250_000))),
        ["deep maps in YAML"] = ("m.yaml", Bytes(string.Concat(Enumerable.Repeat("{a: ", 60_000)))),
        ["deep maps in JSON"] = ("m.json", Bytes(string.Concat(Enumerable.Repeat("{\"a\":", 50_000)))),
        ["deep blocks in YAML"] = ("m.yaml", Bytes(string.Concat(Enumerable.Range(0, 600).Select(i => new string(' ', i) + "a:\n")))),
        ["deep dashes in YAML"] = ("m.yaml", Bytes(string.Concat(Enumerable.Repeat("- ", 120_000)))),
        ["deep question marks in YAML"] = ("m.yaml", Bytes(string.Concat(Enumerable.Repeat("? ", 120_000)))),
        ["one endless text"] = ("m.yaml", Bytes("a: \"" + new string('x', 250_000))),
        ["one endless plain text"] = ("m.yaml", Bytes("environment: " + new string('x', 250_000))),
        ["one endless key"] = ("m.yaml", Bytes(new string('k', 250_000) + ": 1")),
        ["many lines of one text"] = ("m.yaml", Bytes("environment: |\n" + string.Concat(Enumerable.Repeat("  x\n", 60_000)))),
        ["many anchors"] = ("m.yaml", Bytes(string.Concat(Enumerable.Range(0, 18_000).Select(i => $"- &a{i} x\n")))),
        ["many tags"] = ("m.yaml", Bytes(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"%TAG !t{i}! tag:t\n")) + "--- x")),
        ["many documents"] = ("m.yaml", Bytes(string.Concat(Enumerable.Repeat("---\na: 1\n", 25_000)))),
        ["invalid UTF-8"] = ("m.yaml", [.. Bytes("environment: \""), 0xC3, 0x28, (byte)'"']),
        ["UTF-16"] = ("m.json", Encoding.Unicode.GetBytes("{ \"environment\": \"x\" }")),
        ["zeros of a broken disk"] = ("m.yaml", new byte[4096]),
        ["a key that is a map"] = ("m.yaml", Bytes("{ {a: 1}: 2 }")),
        ["nothing of JSON"] = ("m.json", []),
        ["two values of JSON"] = ("m.json", Bytes("{} {}")),
        ["half a surrogate"] = ("m.json", Bytes("{ \"environment\": \"\\ud800\" }")),
        ["a list"] = ("m.yaml", Bytes("- a\n- b\n")),
        ["a text"] = ("m.json", Bytes("\"prometheus\"")),
    };

    /// <summary>Makes one of the usual mistakes, or several.</summary>
    public static byte[] Next(Random random, byte[] file)
    {
        var mutated = new List<byte>(file);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(mutated.Count + 1);
            int length = Math.Min(random.Next(1, 40), mutated.Count - at);
            switch (random.Next(8))
            {
                case 0:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
                case 1:
                    mutated.RemoveRange(at, length);
                    break;
                case 2:
                    mutated.InsertRange(at, mutated.GetRange(at, length));
                    break;
                case 3:
                    mutated.InsertRange(at, Bytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                case 4 when at < mutated.Count:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 5:
                    ReplaceValue(mutated, at, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 6:
                    mutated.InsertRange(at, Enumerable.Repeat((byte)random.Next(0x20, 0x7F), random.Next(1, 2_000)));
                    break;
                default:
                    mutated.InsertRange(at, Bytes(string.Concat(Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(1, 300)))));
                    break;
            }
        }

        return [.. mutated];
    }

    private static void ReplaceValue(List<byte> file, int at, string value)
    {
        int colon = file.IndexOf((byte)':', Math.Min(at, file.Count));
        if (colon < 0)
        {
            return;
        }

        int end = file.FindIndex(colon, one => one is (byte)',' or (byte)'\n' or (byte)'}');
        file.RemoveRange(colon + 1, (end < 0 ? file.Count : end) - colon - 1);
        file.InsertRange(colon + 1, Bytes(" " + value));
    }

    private static byte[] Laughs(int levels)
    {
        var text = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (int i = 1; i < levels; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        return Bytes(text.ToString());
    }

    private static byte[] Keys(int bytes, Func<int, string> line, string start, string end)
    {
        var text = new StringBuilder(start, bytes + 100);
        for (int i = 0; text.Length < bytes; i++)
        {
            text.Append(line(i));
        }

        return Bytes(text.Append(end).ToString());
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
