using Mcp.Monitoring.Benchmarks;
using Mcp.Monitoring.Benchmarks.Harness;

return BenchmarkProgram.Run(args, QuestionList.All, Console.Out);
