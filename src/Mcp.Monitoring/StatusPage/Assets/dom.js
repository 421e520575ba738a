'use strict';
// Builds the page from text and elements only: nothing here parses HTML, so what a client wrote stays text.

/** An element as it shall be; `key` keeps it the same element when others come and go, `initial` is set once, `draw` fills it itself. */
function h(tag, props, ...children) {
  const wanted = children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false && child !== '');
  return { tag, props: props ?? {}, children: wanted.map(child => typeof child === 'object' ? child : { text: String(child) }) };
}

/** Makes the children of an element what they shall be. Elements that stay keep focus, selection and what is unfolded. */
function patch(parent, wanted) {
  const focused = document.activeElement;
  patchChildren(parent, h('', null, wanted).children);
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
}

function patchChildren(parent, wanted) {
  const old = [...parent.childNodes];
  const keyed = new Map(old.filter(node => node.key !== undefined).map(node => [node.key, node]));
  const others = old.filter(node => node.key === undefined);
  let next = parent.firstChild;
  for (const child of wanted) {
    const name = child.tag?.toUpperCase() ?? '#text';
    const key = child.props?.key;
    const at = others.findIndex(node => node.nodeName === name);
    let node = key === undefined ? others.splice(0, at + 1)[at] : keyed.get(key);
    keyed.delete(key);
    node ??= child.tag ? document.createElement(child.tag) : document.createTextNode('');
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
    if (!child.tag) {
      if (node.data !== child.text) node.data = child.text;
      continue;
    }
    setProps(node, child.props);
    if (child.props.draw) child.props.draw(node);
    else patchChildren(node, child.children);
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

function setProps(node, props) {
  const { key, initial, on, draw, ...attributes } = props;
  if (key !== undefined) node.key = key;
  if (!node.attributesSet) Object.assign(node, initial);
  for (const name in on) node[`on${name}`] = on[name];
  for (const name in node.attributesSet) if (!(name in attributes)) node.removeAttribute(name);
  for (const name in attributes) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) node.removeAttribute(name);
    else if (node.getAttribute(name) !== String(value === true ? '' : value)) node.setAttribute(name, value === true ? '' : value);
  }
  node.attributesSet = attributes;
}

const language = document.documentElement.lang;
const plurals = new Intl.PluralRules(language);
const pluralForms = language === 'ru' ? ['one', 'few', 'many'] : ['one', 'other'];

/** A text of the page: `{0}` is its first argument, `{0|call|calls}` the form that its number wants. */
function t(key, ...args) {
  return (texts[key] ?? key).replace(/\{(\d)(?:\|([^}]*))?\}/g, (_, i, forms) => {
    if (forms === undefined) return typeof args[i] === 'number' ? number(args[i]) : args[i];
    const all = forms.split('|');
    return all[pluralForms.indexOf(plurals.select(args[i]))] ?? all.at(-1);
  });
}

/** The word for a value of a closed list; the value itself where the page has none. */
const word = (list, value) => texts[`${list}.${value}`] ?? value;

const formats = new Map();
function format(kind, options) {
  const key = JSON.stringify([kind.name, options]);
  if (!formats.has(key)) formats.set(key, new kind(language, options));
  return formats.get(key);
}

const number = value => format(Intl.NumberFormat, { maximumSignificantDigits: value < 10 ? 2 : value < 100 ? 3 : undefined, maximumFractionDigits: 0 }).format(value);
const percent = value => format(Intl.NumberFormat, { style: 'percent', maximumFractionDigits: Math.abs(value) < 0.1 ? 1 : 0 }).format(value);
const target = value => format(Intl.NumberFormat, { style: 'percent', maximumFractionDigits: 3 }).format(value);
const inUnit = (value, unit, digits = 0) => format(Intl.NumberFormat, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);

/** A duration as people say it: 180 ms, 2.1 s, 12 min, 6 d 3 h. */
function duration(seconds) {
  if (seconds < 1) return inUnit(seconds * 1000, 'millisecond', seconds < 0.01 ? 1 : 0);
  if (seconds < 60) return inUnit(seconds, 'second', seconds < 10 ? 1 : 0);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return inUnit(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  const [big, small] = hours < 24 ? [[hours, 'hour'], [minutes % 60, 'minute']] : [[Math.floor(hours / 24), 'day'], [hours % 24, 'hour']];
  return inUnit(...big) + (small[0] ? ` ${inUnit(...small)}` : '');
}

const missing = '–';
const given = (value, show) => value === null || value === undefined ? missing : show(value);
const measured = (value, unit) => given(value, v => ({ share: percent, seconds: duration })[unit]?.(v) ?? number(v));

let zone = 'UTC';
let now = Date.now();
const inZone = (at, options) => format(Intl.DateTimeFormat, { timeZone: zone, hourCycle: 'h23', ...options }).format(at);
const clock = at => inZone(at, { hour: '2-digit', minute: '2-digit' });
const day = at => inZone(at, { day: 'numeric', month: 'short' });

/** Takes the zone and the moment of a status; a zone that the browser does not know is UTC. */
function setTime(status) {
  try {
    format(Intl.DateTimeFormat, { timeZone: status.time_zone });
    zone = status.time_zone;
  } catch {
    zone = 'UTC';
  }
  now = Date.parse(status.at);
}

/** A moment in the zone of the alerts, with its day where that is not today. */
function time(iso, seconds = true) {
  if (!iso) return missing;
  const at = Date.parse(iso);
  const text = inZone(at, { hour: '2-digit', minute: '2-digit', second: seconds ? '2-digit' : undefined });
  return h('time', { datetime: iso, title: inZone(at, { dateStyle: 'full', timeStyle: 'long' }) }, day(at) === day(now) ? text : `${day(at)} ${text}`);
}

const since = iso => duration(Math.max(0, (now - Date.parse(iso)) / 1000));

/** A link to another place, if it is one of the web. */
function link(url, text) {
  return /^https?:\/\//i.test(url ?? '') && h('a', { href: url, rel: 'noreferrer', target: '_blank' }, text, ' ↗');
}

/** The dashboard elsewhere, from half an hour before a moment on, as Grafana takes it. */
const dashboard = (from, to) => link(status.dashboard && `${status.dashboard}${status.dashboard.includes('?') ? '&' : '?'}from=${from - 1_800_000}&to=${to || 'now'}`, t('page.dashboard'));

const button = (text, click, props) => h('button', { type: 'button', on: { click }, ...props }, text);

/** A text with a button that copies it. */
function copied(text, label) {
  const copy = async ({ target: pressed }) => {
    await toClipboard(text, pressed.previousSibling);
    say(t('copy.done'));
  };
  return h('span', { class: 'copied' }, label, h('code', null, text), button(t('copy.button'), copy, { 'aria-label': `${t('copy.button')} ${label ?? ''} ${text}`, class: 'small' }));
}

// Pages over plain http have no clipboard of their own.
async function toClipboard(text, shown) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  getSelection().selectAllChildren(shown);
  document.execCommand('copy');
}

const signs = { ok: '●', warning: '▲', bad: '■' };
/** A state in words with a sign and a colour. */
const badge = (level, text) => h('span', { class: `badge ${level}` }, h('span', { 'aria-hidden': 'true' }, signs[level], '\u00a0'), text);

/** What hurts is shown, the others fold into one line. */
function fold(all, hurts, summary, list) {
  const bad = all.filter(hurts), good = all.filter(one => !hurts(one));
  return [bad.length > 0 && list(bad), good.length > 0 && h('details', { key: 'well' }, h('summary', null, summary(good)), list(good))];
}

const table = (caption, head, rows, props) => h('table', props, h('caption', { class: 'unseen' }, caption),
  h('thead', null, h('tr', null, head.map(([text, name]) => h('th', { scope: 'col', class: name }, text)))), h('tbody', null, rows));

/** Something said to the reader for some seconds, read aloud too. */
let saidUntil;
function say(text) {
  const said = document.getElementById('said');
  said.textContent = text;
  clearTimeout(saidUntil);
  saidUntil = setTimeout(() => said.textContent = '', 6000);
}
