// Sentry's Spotlight as a receiver for tests: on the loopback address only, and with its command line, which reports home, left out.
import { Server } from 'node:net';
import { setupSpotlight } from './node_modules/@spotlightjs/spotlight/dist/server/main.js';

const port = Number(process.argv[2]);
const listen = Server.prototype.listen;

// It names a port and no address, which would open it to the network.
Server.prototype.listen = function (first, ...rest) {
  const ready = rest.find((argument) => typeof argument === 'function');
  return typeof first === 'number' ? listen.call(this, { port: first, host: '127.0.0.1' }, ready) : listen.call(this, first, ...rest);
};

const say = (...parts) => console.log(...parts);
await setupSpotlight({ port, isStandalone: true, logger: { info: say, warn: say, error: say, debug: () => {} } });
