// Opens a page in chromium and does what it is told: node page.mjs CHROMIUM URL STEP…
// Prints what each step found, and what went wrong beside it: {"found": […], "errors": ["…"], "foreign": ["…"]}.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const [, , executablePath, address, ...steps] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const timeout = 30_000;
const found = [], errors = [], foreign = [];
let page, isVirtual = false;

// Between browser and server, for a server that goes away, and comes back under its address.
let server = new URL(address);
const sockets = new Set();
const relay = createServer(near => {
  const far = connect(server.port, server.hostname);
  for (const [one, other] of [[near, far], [far, near]]) {
    sockets.add(one);
    one.on('error', () => other.destroy()).on('close', () => {
      sockets.delete(one);
      other.destroy();
    }).pipe(other);
  }
});
const listen = port => new Promise(done => relay.listen(port, '127.0.0.1', done));
async function away() {
  relay.close();
  sockets.forEach(socket => socket.destroy());
}

let port = 0, url = address;
if (steps.includes('away')) {
  await listen(port);
  port = relay.address().port;
  url = Object.assign(new URL(address), { port }).href;
}
const home = new URL(url).host;

const verbs = {
  // The clock of the next page is moved by hand as well.
  virtual: () => isVirtual = true,
  forward: milliseconds => page.clock.fastForward(Number(milliseconds)),
  away,
  // The server comes back; a further word is the address of the process that it is from now on.
  async back(other) {
    server = new URL(other ?? address);
    await listen(port);
  },
  // open en dark 390: in that language, colour scheme and width; a further word is what follows the address.
  async open(language, colorScheme, width, hash = '') {
    await page?.context().close();
    const context = await browser.newContext({ locale: language, colorScheme, viewport: { width: Number(width), height: 900 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    if (isVirtual) await page.clock.install();
    page.on('console', message => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', error => errors.push(error.message));
    page.on('request', request => new URL(request.url()).host !== home && foreign.push(request.url()));
    await page.goto(url + hash, { timeout });
  },
  // How many milliseconds until it can be seen.
  async see(...selector) {
    const start = performance.now();
    await page.locator(selector.join(' ')).first().waitFor({ timeout });
    return Math.round(performance.now() - start);
  },
  gone: (...selector) => page.locator(selector.join(' ')).first().waitFor({ state: 'detached', timeout }),
  // Another page of the server, with what this one has of cookies.
  go: async (path = '') => (await page.goto(url + path, { timeout })).status(),
  where: () => page.url().slice(url.length),
  // Asked from here: the page's own policy refuses what evaluates a string.
  async until(...code) {
    for (const end = performance.now() + timeout; !await page.evaluate(code.join(' '));) {
      if (performance.now() > end) throw new Error('It does not become true.');
      await pause(50);
    }
    return true;
  },
  click: (...selector) => page.locator(selector.join(' ')).first().click({ timeout }),
  press: key => page.keyboard.press(key),
  fill: (selector, ...text) => page.locator(selector).fill(text.join(' '), { timeout }),
  count: (...selector) => page.locator(selector.join(' ')).count(),
  text: (...selector) => page.locator(selector.join(' ')).first().innerText({ timeout }),
  script: (...code) => page.evaluate(code.join(' ')),
  // How many pixels of each canvas are of data: axes and words have other colours.
  pixels: (...selector) => page.locator(selector.join(' ')).evaluateAll(all => {
    const style = getComputedStyle(document.documentElement);
    const colours = ['success', 'server_error', 'tool_error', 'client_error', 'cancelled', 'accent', 'spark']
      .map(name => style.getPropertyValue(`--${name}`).match(/[0-9a-f]{2}/gi).map(part => parseInt(part, 16)));
    return all.map(canvas => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 0 && colours.some(colour => colour.every((part, j) => Math.abs(part - data[i + j]) < 12))) count++;
      return count;
    });
  }),
  // How many pixels the page is wider than the window.
  sideways: () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  async axe() {
    // Through the debugger: the page's own policy would refuse a foreign script.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => `${node.html} ${node.failureSummary}`).join(' | ')}`);
  },
  shot: path => page.screenshot({ path, fullPage: true }).then(() => path),
};

const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-features=OptimizationHints,MediaRouter'],
});
try {
  for (const step of steps) {
    const [verb, ...words] = step.split(' ');
    found.push(await verbs[verb](...words) ?? null);
  }
} catch (error) {
  errors.push(`step ${found.length}, "${steps[found.length]}": ${error.message}`);
} finally {
  await browser.close();
  await away();
}

console.log(JSON.stringify({ found, errors, foreign }));
