using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.KilledProcess;

string folder = args[1];
string[] channels = ["one", "two"];
switch (args[0])
{
    // outages <folder> <how many> <where to be killed> <at which time there> <channels>
    case "outages":
        var point = Enum.Parse<KillPoint>(args[3]);
        int times = int.Parse(args[4], CultureInfo.InvariantCulture);
        channels = args[5..];
        using (var server = new Server(folder, new StateSettings(), store => new KillingStore(store, point, times), channels))
        {
            new Outages(server, channels).Run(int.Parse(args[2], CultureInfo.InvariantCulture));
        }

        Console.WriteLine("done");
        break;

    // hold <folder>: keeps the file until a line comes
    case "hold":
        using (var server = new Server(folder, new StateSettings(), store => store, channels))
        {
            new Outages(server, channels).Run(1);
            Console.WriteLine("open");
            Console.ReadLine();
        }

        break;

    // fail <folder> <dsn>: an error waits for Sentry in the folder, until it is killed
    case "fail":
        await Failing.RunAsync(folder, args[2], mustFail: true);
        break;

    // resend <folder> <dsn>: sends what waits in the folder, until a line comes
    case "resend":
        await Failing.RunAsync(folder, args[2], mustFail: false);
        break;

    // full <folder>: the disk is full, until a line comes
    case "full":
        using (var server = new Server(folder, new StateSettings { BetweenTries = TimeSpan.FromMilliseconds(50) }, store => store, channels))
        {
            var outages = new Outages(server, channels);
            outages.Run(1);
            Libc.LimitFileSize(16_384);
            var large = new StateChanges();
            large.Put(StoredFact.Table, new StoredFact("large", new string('x', 100_000)));
            server.Store.Save(large);
            Console.WriteLine(server.Store.Degraded);
            outages.Tell(1);
            Console.WriteLine("told");
            Console.ReadLine();
            Libc.LimitFileSize(long.MaxValue);
            Server.Until(() => server.Store.Degraded is null);
            Console.WriteLine("recovered");
        }

        break;

    // starved <way> <address>: spans without a thread in the pool, until a line comes
    case "starved":
        StarvedServer.Run(args[1], args[2]);
        break;
}
