'use strict';
// Charts are canvases; beside each one stands a table with the same numbers.

const outcomes = ['server_error', 'tool_error', 'client_error', 'cancelled', 'success'];
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const dark = matchMedia('(prefers-color-scheme: dark)');
const resized = new ResizeObserver(entries => entries.forEach(({ target: el }) => el.redraw?.()));
dark.addEventListener('change', () => document.querySelectorAll('canvas').forEach(canvas => canvas.redraw?.(true)));

/** Draws a canvas, and again when its data, its width or the colour scheme change. */
function drawn(canvas, data, paint) {
  canvas.redraw = force => {
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width === 0 || (!force && canvas.drawnData === data && canvas.drawnWidth === width)) return;
    Object.assign(canvas, { drawnData: data, drawnWidth: width, width: width * devicePixelRatio, height: height * devicePixelRatio });
    const area = canvas.getContext('2d');
    area.scale(devicePixelRatio, devicePixelRatio);
    paint(area, width, height);
  };
  resized.observe(canvas);
  canvas.redraw();
}

/** The moment at which a step of a chart begins, in milliseconds. */
const moment = (chart, count, step) => Date.parse(chart.end) - chart.step * 1000 * (count - step);

/** Marks of a scale from 0: steps of 1, 2 or 5 times a power of ten. */
function marks(highest, most) {
  const power = 10 ** Math.floor(Math.log10(highest / most));
  const step = [1, 2, 5, 10].map(times => times * power).find(step => step * most >= highest);
  return Array.from({ length: Math.floor(highest / step + 1e-9) + 1 }, (_, i) => i * step);
}

// A chart is never shorter.
const fewestSteps = 15;
const plotLeft = 60, plotTop = 8, plotBottom = 22;

/** Paints stacked bars and lines over the steps of a chart. */
function paintPlot(area, width, height, { chart, bars = [], curves = [], least, show }) {
  const count = (bars[0] ?? curves[0]).values.length;
  const sums = Array.from({ length: count }, (_, step) => bars.reduce((sum, { values }) => sum + (values[step] ?? 0), 0));
  const highest = Math.max(least, ...sums, ...curves.flatMap(({ values }) => values.map(value => value ?? 0))) * 1.05;
  const wide = (width - plotLeft) / count, tall = height - plotTop - plotBottom;
  const x = step => plotLeft + step * wide, y = value => plotTop + tall * (1 - value / highest);
  area.font = '12px system-ui, "DejaVu Sans", sans-serif';
  area.lineWidth = 1;
  const rule = (fromX, fromY, toX, toY) => {
    area.beginPath();
    area.moveTo(fromX, fromY);
    area.lineTo(toX, toY);
    area.stroke();
  };
  const text = (words, atX, atY, align) => {
    area.textAlign = align;
    area.fillStyle = colour('muted');
    area.fillText(words, atX, atY);
  };
  area.strokeStyle = colour('line');
  for (const mark of marks(highest, tall / 32)) {
    rule(plotLeft, Math.round(y(mark)) + 0.5, width, Math.round(y(mark)) + 0.5);
    text(mark === 0 ? '0' : show(mark), plotLeft - 6, y(mark) + 4, 'right');
  }
  // Round times of the reader's clock, far enough from each other.
  const every = [5, 10, 15, 30, 60, 120, 240, 360].find(minutes => minutes * 60 / chart.step * wide >= 56) ?? 720;
  const slot = step => {
    const [hours, minutes] = clock(moment(chart, count, step)).split(':');
    return Math.floor((hours * 60 + Number(minutes)) / every);
  };
  for (let step = 1; step < count; step++) {
    if (slot(step) !== slot(step - 1) && x(step) < width - 16) text(clock(moment(chart, count, step)), x(step), height - 6, 'center');
  }
  const below = new Array(count).fill(0);
  for (const { name, values } of bars) {
    area.fillStyle = colour(name);
    values.forEach((value, step) => {
      if (value) area.fillRect(x(step), y(below[step] += value), Math.max(1, wide - 1), tall * value / highest);
    });
  }
  for (const { name, values, dash } of curves) {
    area.strokeStyle = area.fillStyle = colour(name);
    area.lineWidth = dash ? 1 : 2;
    area.setLineDash(dash ? [6, 4] : []);
    area.beginPath();
    values.forEach((value, step) => {
      if (value === null) return;
      const there = [x(step) + wide / 2, y(value)];
      if (values[step - 1] === null || step === 0) area.moveTo(...there);
      area.lineTo(...there);
      // A point between gaps has no line.
      if ((values[step - 1] ?? null) === null && (values[step + 1] ?? null) === null) area.fillRect(there[0] - 1.5, there[1] - 1.5, 3, 3);
    });
    area.stroke();
    area.setLineDash([]);
  }
  if (chart.at !== undefined) {
    area.lineWidth = 1;
    area.strokeStyle = colour('text');
    rule(x(chart.at) + wide / 2, plotTop, x(chart.at) + wide / 2, plotTop + tall);
  }
}

/** A chart with its legend, which says the numbers of the step under the pointer, and with its table. */
function plot(label, data, columns, legend) {
  const { chart } = data, count = columns[0].values.length;
  const point = event => {
    const canvas = event.target, step = Math.floor((event.offsetX - plotLeft) / (canvas.clientWidth - plotLeft) * count);
    chart.at = event.type === 'pointerleave' || step < 0 || step >= count ? undefined : step;
    for (const other of document.querySelectorAll('canvas.chart')) if (other.drawnData?.chart === chart) other.redraw(true);
    patch(canvas.nextElementSibling, legend(chart.at));
  };
  // The same data is the same object, or it would be drawn every two seconds.
  const kept = chart[`kept ${data.height}`] ??= data;
  return h('div', null,
    h('canvas', { class: `chart ${data.height}`, role: 'img', 'aria-label': label, on: { pointermove: point, pointerleave: point }, draw: canvas => drawn(canvas, kept, (...place) => paintPlot(...place, kept)) }),
    h('ul', { class: 'legend' }, legend(chart.at)),
    h('details', null, h('summary', null, t('calls.numbers')), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
      table(label, [[t('calls.begins')], ...columns.map(({ title }) => [title, 'n'])], Array.from({ length: count }, (_, i) => count - 1 - i).map(step =>
        h('tr', null, h('th', { scope: 'row' }, clock(moment(chart, count, step))), columns.map(({ values, show }) => h('td', { class: 'n' }, given(values[step], show)))))))));
}

/** The last values of a line, those from before the start left out: a server that has just begun has no hour behind it. */
function sampled(values) {
  const first = values.findIndex(value => value !== null);
  return values.slice(Math.min(first < 0 ? values.length : first, Math.max(0, values.length - fewestSteps)));
}

/** The calls by outcome, one bar a step, what failed at the bottom. */
function callsChart(chart, label) {
  const bars = outcomes.filter(outcome => chart.outcomes[outcome]?.some(value => value > 0))
    .map(outcome => ({ name: outcome, title: word('outcome', outcome), values: sampled(chart.outcomes[outcome]), show: number }));
  if (bars.length === 0) return h('p', { class: 'empty' }, t('calls.none_sampled'));
  const legend = at => [
    bars.map(({ name, title, values }) => h('li', null, h('i', { class: name }), ` ${title} `, h('b', null, at === undefined ? number(values.reduce((sum, value) => sum + (value ?? 0), 0)) : given(values[at], number)))),
    h('li', { class: 'muted' }, at === undefined ? t('calls.whole') : clock(moment(chart, bars[0].values.length, at))),
  ];
  return plot(label, { chart, bars, least: 4, show: number, height: 'tall' }, bars, legend);
}

/** The 95th percentile with its limit. */
function latencyChart(chart, limit, label) {
  if (!chart.p95?.some(value => value !== null)) return null;
  // As long as the calls above it.
  const values = chart.p95.slice(-sampled(chart.outcomes.success).length);
  const p95 = { name: 'accent', title: 'p95', values, show: duration };
  const curves = [p95, ...limit ? [{ name: 'bad', values: values.map(() => limit), dash: true }] : []];
  const legend = at => h('li', null, at === undefined ? [t('calls.p95_chart'), limit && `, ${t('calls.limit', duration(limit))}`] : [clock(moment(chart, values.length, at)), ' p95 ', h('b', null, given(values[at], duration))]);
  return plot(label, { chart, curves, least: 0.001, show: duration, height: 'low' }, [p95], legend);
}

/** A small chart of one operation: its calls, and over them those that failed. */
function spark(line, label) {
  const paint = (area, width, height) => {
    const calls = sampled(line.calls), failed = sampled(line.failed), highest = Math.max(1, ...calls.map(value => value ?? 0)), step = width / calls.length;
    for (const [values, name] of [[calls, 'spark'], [failed, 'server_error']]) {
      area.fillStyle = colour(name);
      values.forEach((value, i) => {
        const tall = value ? Math.max(2, value / highest * height) : 0;
        area.fillRect(i * step, height - tall, Math.max(1, step - 0.5), tall);
      });
    }
  };
  return h('canvas', { class: 'spark', role: 'img', 'aria-label': label, draw: canvas => drawn(canvas, line, paint) });
}
