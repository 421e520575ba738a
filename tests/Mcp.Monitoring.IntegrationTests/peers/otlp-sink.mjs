// A receiver of OTLP on loopback, over HTTP and gRPC, on the protobuf code that OpenTelemetry generates. Each line of standard output is one thing that came.
//   node otlp-sink.mjs HTTP_PORT GRPC_PORT    port 0 takes a free one; the first line says which they are
// Answers are scripted by lines of standard input, one per export: "ok", "status 503 1" (with Retry-After), "partial 2", "hang", "garbage", "reset", "redirect URL",
// for gRPC "grpc 14", "grpc 8 0.5" (with RetryInfo). Once the script is over, everything is taken.
import http from "node:http";
import zlib from "node:zlib";
import readline from "node:readline";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const grpc = require("@grpc/grpc-js");
const collector = require("@opentelemetry/otlp-transformer/build/src/generated/root.js").opentelemetry.proto.collector;

const traces = { name: "traces", request: collector.trace.v1.ExportTraceServiceRequest, response: collector.trace.v1.ExportTraceServiceResponse };
const metrics = { name: "metrics", request: collector.metrics.v1.ExportMetricsServiceRequest, response: collector.metrics.v1.ExportMetricsServiceResponse };
const script = [];
const say = (what) => console.log(JSON.stringify(what));
const next = () => (script.shift() ?? "ok").split(" ");

readline.createInterface({ input: process.stdin }).on("line", (line) => script.push(line)).on("close", () => process.exit(0));

const hex = (bytes) => Buffer.from(bytes ?? []).toString("hex");
const plain = (value) => value?.stringValue ?? value?.boolValue ?? (value?.intValue == null ? value?.doubleValue : Number(value.intValue)) ?? null;
const map = (attributes) => Object.fromEntries((attributes ?? []).map(({ key, value }) => [key, plain(value)]));

function show(signal, message, via, headers) {
  for (const group of message.resourceSpans ?? []) {
    for (const scope of group.scopeSpans ?? []) {
      for (const span of scope.spans ?? []) {
        say({
          signal: signal.name, via, key: headers["x-key"] ?? null, resource: map(group.resource?.attributes), scope: scope.scope?.name, name: span.name, kind: span.kind,
          traceId: hex(span.traceId), spanId: hex(span.spanId), parentId: hex(span.parentSpanId), attributes: map(span.attributes),
          status: span.status?.code ?? 0, events: (span.events ?? []).map((event) => ({ name: event.name, attributes: map(event.attributes) })),
          isTimely: BigInt(span.endTimeUnixNano.toString()) >= BigInt(span.startTimeUnixNano.toString()) && BigInt(span.startTimeUnixNano.toString()) > 0n,
        });
      }
    }
  }

  for (const group of message.resourceMetrics ?? []) {
    for (const scope of group.scopeMetrics ?? []) {
      for (const metric of scope.metrics ?? []) {
        say({ signal: signal.name, via, key: headers["x-key"] ?? null, resource: map(group.resource?.attributes), scope: scope.scope?.name, name: metric.name });
      }
    }
  }
}

function serve(request, response) {
  const parts = [];
  request.on("data", (part) => parts.push(part)).on("end", () => {
    const [what, first, second] = next();
    const signal = request.url.endsWith("/v1/traces") ? traces : request.url.endsWith("/v1/metrics") ? metrics : null;
    say({ signal: "request", via: "http", name: what, path: request.url });
    const answer = (status, body, headers = {}) => response.writeHead(status, { "content-type": "application/x-protobuf", ...headers }).end(body);
    switch (what) {
      case "status": return answer(Number(first), "", second ? { "retry-after": second } : {});
      case "redirect": return answer(307, "", { location: first });
      case "garbage": return answer(200, Buffer.from([0xff, 0xff, 0x0a, 0xff]));
      case "reset": return request.socket.destroy();
      case "hang": return undefined;
    }

    if (!signal) {
      return answer(404, "");
    }

    const packed = Buffer.concat(parts);
    show(signal, signal.request.decode(request.headers["content-encoding"] === "gzip" ? zlib.gunzipSync(packed) : packed), "http", request.headers);
    const partial = what === "partial" ? { partialSuccess: { rejectedSpans: Number(first), errorMessage: "left out" } } : {};
    return answer(200, Buffer.from(signal.response.encode(signal.response.create(partial)).finish()));
  });
}

function retryInfo(seconds) {
  const varint = (value) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 128))]);
  const field = (number, bytes) => [(number << 3) | 2, ...varint(bytes.length), ...bytes];
  const duration = [0x08, ...varint(Math.floor(seconds)), 0x10, ...varint(Math.round((seconds % 1) * 1e9))];
  const any = [...field(1, [...Buffer.from("type.googleapis.com/google.rpc.RetryInfo")]), ...field(2, field(1, duration))];
  return Buffer.from([0x08, 8, ...field(3, any)]);
}

function service(signal, method) {
  return [
    {
      Export: {
        path: method, requestStream: false, responseStream: false,
        requestSerialize: (value) => Buffer.from(signal.request.encode(value).finish()), requestDeserialize: (bytes) => signal.request.decode(bytes),
        responseSerialize: (value) => Buffer.from(signal.response.encode(value).finish()), responseDeserialize: (bytes) => signal.response.decode(bytes),
      },
    },
    {
      Export: (call, done) => {
        const [what, first, second] = next();
        say({ signal: "request", via: "grpc", name: what, path: method });
        if (what === "hang") {
          return;
        }

        if (what === "grpc") {
          const metadata = new grpc.Metadata();
          if (second) {
            metadata.set("grpc-status-details-bin", retryInfo(Number(second)));
          }

          done({ code: Number(first), details: "as scripted", metadata });
          return;
        }

        show(signal, call.request, "grpc", call.metadata.getMap());
        done(null, signal.response.create(what === "partial" ? { partialSuccess: { rejectedSpans: Number(first) } } : {}));
      },
    },
  ];
}

const rpc = new grpc.Server();
rpc.addService(...service(traces, "/opentelemetry.proto.collector.trace.v1.TraceService/Export"));
rpc.addService(...service(metrics, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"));
const web = http.createServer(serve);
web.listen(Number(process.argv[2]), "127.0.0.1", () =>
  rpc.bindAsync(`127.0.0.1:${process.argv[3]}`, grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      throw error;
    }

    say({ signal: "ready", http: web.address().port, grpc: port });
  }));
