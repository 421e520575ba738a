// A mail server on loopback that does what it is told, on the npm package smtp-server. Each line of standard output is one thing that happened; the first says the port.
//   node smtp-sink.mjs '{"secure":false,"starttls":true,"auth":"user:password","login":false,"key":"file","cert":"file","clientCa":"file"}'
// Each line of standard input is a script that replaces the one before, all of it optional:
//   {"greeting":"421 text","mail":"550 text","rcpt":{"a@example.test":"550 text"},"data":"451 text","auth":"454 text","cut":"mail|rcpt|data|body|end","silent":"greeting|end","drop":true,"next":["451 text","cut"]}
// "silent" says nothing any more; "drop" cuts the connections that there are; "next" answers the next senders so, or cuts. {"keep":true} leaves the script as it is.
import fs from "node:fs";
import readline from "node:readline";
import { SMTPServer } from "smtp-server";

const options = JSON.parse(process.argv[2] ?? "{}");
const say = (what) => console.log(JSON.stringify(what));
let script = {};

const refusal = (line) => Object.assign(new Error(line.slice(4)), { responseCode: Number(line.slice(0, 3)) });
const answer = (line, callback, good) => (line ? callback(refusal(line)) : callback(null, good));
const [user, password] = (options.auth ?? ":").split(":");
const drop = (session) => {
  for (const connection of server.connections) {
    if (connection.session === session || connection.id === session.id) {
      connection._socket.destroy();
    }
  }
};

const server = new SMTPServer({
  secure: Boolean(options.secure),
  key: options.key && fs.readFileSync(options.key),
  cert: options.cert && fs.readFileSync(options.cert),
  ca: options.clientCa && fs.readFileSync(options.clientCa),
  requestCert: Boolean(options.clientCa),
  rejectUnauthorized: Boolean(options.clientCa),
  hideSTARTTLS: !options.starttls,
  disabledCommands: [...(options.auth ? [] : ["AUTH"]), ...(options.starttls ? [] : ["STARTTLS"])],
  authOptional: !options.auth,
  allowInsecureAuth: !options.starttls,
  authMethods: options.login ? ["LOGIN"] : ["PLAIN", "LOGIN"],
  disableReverseLookup: true,
  logger: false,
  onConnect(session, callback) {
    say({ event: "connection" });
    if (script.silent === "greeting") {
      return;
    }

    answer(script.greeting, callback);
  },
  onAuth(given, session, callback) {
    const isRight = given.username === user && given.password === password;
    say({ event: "auth", method: given.method, user: given.username, isRight, tls: Boolean(session.secure) });
    const line = script.auth ?? (isRight ? null : "535 5.7.8 wrong user or password");
    answer(line, callback, { user });
  },
  onMailFrom(address, session, callback) {
    const next = script.next?.shift();
    if (next) {
      say({ event: "refused" });
      return next === "cut" ? drop(session) : callback(refusal(next));
    }

    if (script.cut === "mail") {
      return drop(session);
    }

    answer(script.mail, callback);
  },
  onRcptTo(address, session, callback) {
    if (script.cut === "rcpt") {
      return drop(session);
    }

    const line = script.rcpt?.[address.address];
    if (line?.startsWith("4")) {
      say({ event: "late" });
    }

    answer(line, callback);
  },
  onData(stream, session, callback) {
    const mine = script;
    say({ event: "data" });
    if (mine.cut === "data") {
      return drop(session);
    }

    const parts = [];
    stream.on("data", (part) => {
      parts.push(part);
      if (mine.cut === "body") {
        drop(session);
      }
    });
    stream.on("end", () => {
      say({ event: "end" });
      if (mine.cut === "end") {
        return drop(session);
      }

      if (mine.silent === "end") {
        return;
      }

      if (!mine.data) {
        say({
          event: "mail", from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((to) => to.address), ehlo: session.hostNameAppearsAs,
          tls: Boolean(session.secure), client: session.tlsOptions ? clientOf(session) : null, raw: Buffer.concat(parts).toString("base64"),
        });
      }

      answer(mine.data, callback, "2.0.0 taken");
    });
  },
  onClose() {
    say({ event: "closed" });
  },
});

function clientOf(session) {
  for (const connection of server.connections) {
    if (connection.id === session.id) {
      return connection._socket.getPeerCertificate?.()?.subject?.CN ?? null;
    }
  }

  return null;
}

server.server.on("connection", () => say({ event: "tcp" }));
server.on("error", (error) => say({ event: "error", text: error.message }));
readline.createInterface({ input: process.stdin })
  .on("line", (line) => {
    const given = JSON.parse(line);
    script = given.keep ? script : given;
    if (given.drop) {
      server.connections.forEach((connection) => connection._socket.destroy());
    }

    say({ event: "set" });
  })
  .on("close", () => process.exit(0));
server.listen(0, "127.0.0.1", () => say({ event: "ready", port: server.server.address().port }));
