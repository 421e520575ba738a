using System.Globalization;
using Mcp.Monitoring.Alerting;
using Mcp.Monitoring.Alerting.State;
using Mcp.Monitoring.KilledProcess;

string folder = args[1];
string[] channels = ["one", "two"];
switch (args[0])
{
    // world <folder> <number of the process> <conditions> <episodes> <where to be killed> <at which time there> <channels: names, or real-slack=… and real-email=…>
    case "world":
        using (Server server = Open(Number(2), Number(3), new StateSettings(), new KillSwitch(Enum.Parse<KillPoint>(args[5]), Number(6)), args[7..]))
        {
            Console.WriteLine("ready");
            server.Run(Number(4));
        }

        Console.WriteLine("done");
        break;

    // hold <folder>: keeps the file until a line comes
    case "hold":
        using (Server server = Open(life: 0, conditions: 1, new StateSettings(), new KillSwitch(KillPoint.None, 0), channels))
        {
            server.Run(episodes: 1);
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
        using (Server server = Open(life: 0, conditions: 1, new StateSettings { BetweenTries = TimeSpan.FromMilliseconds(50) }, new KillSwitch(KillPoint.None, 0), channels))
        {
            server.Run(episodes: 1);
            Libc.LimitFileSize(16_384);
            var large = new StateChanges();
            large.Put(StoredFact.Table, new StoredFact("large", new string('x', 100_000)));
            server.Store.Save(large);
            Console.WriteLine(server.Store.Degraded);
            server.Run(episodes: 2);
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

    // webhook <whether it is told that the pool is starved> <count> <address> <an address where nobody answers>: alerts without a thread in the pool, until a line comes
    case "webhook":
        StarvedWebhook.Run(bool.Parse(args[1]), Number(2), args[3], args[4]);
        break;

    // starved-slack <address> <token>: a critical alert without a thread in the pool, once a line comes, until another does
    case "starved-slack":
        StarvedSlack.Run(args[1], args[2]);
        break;

    // starved-channels <Slack> <Telegram> <webhook> <mail> <an address where nobody answers>: a critical alert on each, once a line with the operation comes, until another does
    case "starved-channels":
        StarvedChannels.Run(args[1], args[2].Split(','), args[3], args[4].Split(','), args[5]);
        break;

    // starved-forward <addresses of members, by commas>: a critical alert to each, once a line with the operation comes, until another does
    case "starved-forward":
        StarvedForward.Run(args[1].Split(','));
        break;

    // mail <settings>: e-mails, one order a line
    case "mail":
        MailSender.Run(args[1]);
        break;
}

int Number(int place) => int.Parse(args[place], CultureInfo.InvariantCulture);

Server Open(int life, int conditions, StateSettings settings, KillSwitch kill, string[] names) => new(
    folder,
    new World(folder, life, conditions, [.. names.Select(RealChannel.NameOf)]) { Episodes = 0 },
    settings,
    store => new KillingStore(store, kill),
    memory => [.. names.Select(name => RealChannel.IsOne(name) ? (IAlertChannel)RealChannel.Of(name, memory, kill) : new FileChannel(name, folder, life, kill))]);
