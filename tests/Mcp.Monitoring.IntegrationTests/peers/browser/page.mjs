// Opens a page in chromium and does what it is told: node page.mjs CHROMIUM URL STEP…
// Prints what each step found, and what went wrong beside it: {"found": […], "errors": ["…"], "foreign": ["…"]}.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [, , executablePath, url, ...steps] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const timeout = 30_000;
const home = new URL(url).host;
const found = [], errors = [], foreign = [];
let page;

const verbs = {
  // open en dark 390: in that language, colour scheme and width; a further word is the hash.
  async open(language, colorScheme, width, hash = '') {
    await page?.context().close();
    const context = await browser.newContext({ locale: language, colorScheme, viewport: { width: Number(width), height: 900 }, reducedMotion: 'reduce' });
    page = await context.newPage();
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
  click: (...selector) => page.locator(selector.join(' ')).first().click({ timeout }),
  press: key => page.keyboard.press(key),
  fill: (selector, ...text) => page.locator(selector).fill(text.join(' '), { timeout }),
  count: (...selector) => page.locator(selector.join(' ')).count(),
  text: (...selector) => page.locator(selector.join(' ')).first().innerText({ timeout }),
  script: (...code) => page.evaluate(code.join(' ')),
  // How many pixels of each canvas are drawn.
  pixels: (...selector) => page.locator(selector.join(' ')).evaluateAll(all => all.map(canvas =>
    canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((value, i) => i % 4 === 3 && value > 0).length)),
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
}

console.log(JSON.stringify({ found, errors, foreign }));
