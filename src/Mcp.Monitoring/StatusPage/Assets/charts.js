'use strict';
// Charts are canvases; beside each one stands a table with the same numbers.

const outcomes = ['server_error', 'tool_error', 'client_error', 'cancelled', 'success'];
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const dark = matchMedia('(prefers-color-scheme: dark)');
const widths = new ResizeObserver(entries => entries.forEach(({ target: el }) => el.redraw?.()));

/** Draws into an element, and again when its data, its width or the colour scheme change. */
function drawn(el, data, paint) {
  el.redraw = force => {
    const width = Math.floor(el.clientWidth);
    if (width === 0 || (!force && el.drawnData === data && el.drawnWidth === width && el.drawnDark === dark.matches)) return;
    Object.assign(el, { drawnData: data, drawnWidth: width, drawnDark: dark.matches });
    paint(el, width);
  };
  widths.observe(el);
  el.redraw();
}

dark.addEventListener('change', () => document.querySelectorAll('.chart, .spark').forEach(el => el.redraw?.()));

/** The moments at which the steps of a chart begin, in seconds. */
const moments = (chart, count) => Array.from({ length: count }, (_, i) => Date.parse(chart.end) / 1000 - chart.step * (count - i));

function plot(el, width, height, chart, series, data, show, legend) {
  const axis = { stroke: colour('muted'), grid: { stroke: colour('line'), width: 1 }, ticks: { stroke: colour('line'), width: 1 }, font: '12px system-ui, sans-serif' };
  const options = {
    width, height, legend: { show: false }, cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    tzDate: at => uPlot.tzDate(new Date(at * 1000), zone),
    scales: { y: { range: (_, low, high) => [0, Math.max(high * 1.05, show === number ? 4 : 0.001)] } },
    axes: [
      { ...axis, values: (_, splits) => splits.map(at => clock(at * 1000)), space: 60 },
      { ...axis, values: (_, splits) => splits.map(show), size: 62, space: 34 },
    ],
    series: [{}, ...series],
    hooks: { setCursor: [u => legend?.(u.cursor.idx)] },
  };
  el.plot?.destroy();
  el.plot = new uPlot(options, [moments(chart, data[0].length), ...data], el);
}

/** The calls by outcome, one bar a step, stacked with what failed at the bottom. */
function callsChart(chart, label) {
  const there = outcomes.filter(outcome => chart.outcomes[outcome]?.some(value => value > 0));
  if (there.length === 0) return h('p', { class: 'empty' }, t('calls.none_sampled'));
  const count = chart.outcomes[there[0]].length;
  const sums = [];
  there.forEach((outcome, i) => sums.push(chart.outcomes[outcome].map((value, step) => value === null ? null : value + (i ? sums[i - 1][step] ?? 0 : 0))));
  const bars = uPlot.paths.bars({ size: [0.92, 40], align: 1 });
  const series = there.map(outcome => ({ stroke: colour(outcome), fill: colour(outcome), width: 0, paths: bars, points: { show: false } }));
  const paint = (el, width) => {
    const legend = el.parentElement.querySelector('.legend');
    const fill = step => patch(legend, [
      there.map(outcome => h('li', null, h('i', { class: outcome }), ` ${word('outcome', outcome)} `, h('b', null, step === null || step === undefined
        ? number(chart.outcomes[outcome].reduce((sum, value) => sum + (value ?? 0), 0)) : given(chart.outcomes[outcome][step], number)))),
      h('li', { class: 'muted' }, step === null || step === undefined ? t('calls.whole') : clock(moments(chart, count)[step] * 1000)),
    ]);
    // The highest sum first: what is drawn later lies over it.
    const colours = there.map(outcome => ({ ...series[there.indexOf(outcome)], stroke: colour(outcome), fill: colour(outcome) }));
    plot(el, width, 170, chart, colours.reverse(), [...sums].reverse(), number, fill);
    fill();
  };
  return h('div', { class: 'charted' },
    h('div', { class: 'chart', role: 'img', 'aria-label': label, draw: el => drawn(el, chart, paint) }),
    h('ul', { class: 'legend', draw: () => { } }),
    numbersTable(label, chart, there.map(outcome => [word('outcome', outcome), chart.outcomes[outcome], number])));
}

/** The 95th percentile with its limit. */
function latencyChart(chart, limit, label) {
  if (!chart.p95?.some(value => value !== null)) return null;
  const data = [chart.p95, ...limit ? [chart.p95.map(() => limit)] : []];
  const paint = (el, width) => plot(el, width, 120, chart, [
    { stroke: colour('accent'), width: 2, points: { show: true, size: 4, fill: colour('accent') } },
    { stroke: colour('bad'), width: 1, dash: [6, 4], points: { show: false } },
  ].slice(0, data.length), data, duration);
  return h('div', { class: 'charted' },
    h('p', { class: 'muted' }, t('calls.p95_chart'), limit && ` ${t('calls.limit', duration(limit))}`),
    h('div', { class: 'chart', role: 'img', 'aria-label': label, draw: el => drawn(el, chart, paint) }),
    numbersTable(label, chart, [['p95', chart.p95, duration]]));
}

function numbersTable(label, chart, columns) {
  const at = moments(chart, columns[0][1].length);
  const rows = at.map((second, step) => h('tr', null, h('th', { scope: 'row' }, clock(second * 1000)), columns.map(([, values, show]) => h('td', { class: 'n' }, given(values[step], show)))));
  return h('details', { class: 'numbers' }, h('summary', null, t('calls.numbers')), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    table(label, [[t('calls.begins')], ...columns.map(([name]) => [name, 'n'])], rows.reverse())));
}

/** A small chart of one operation: its calls, and over them those that failed. */
function spark(line, label) {
  const paint = (canvas, width) => {
    const height = canvas.clientHeight, scale = devicePixelRatio;
    Object.assign(canvas, { width: width * scale, height: height * scale });
    const area = canvas.getContext('2d');
    const highest = Math.max(1, ...line.calls.map(value => value ?? 0));
    const step = canvas.width / line.calls.length;
    for (const [values, name] of [[line.calls, 'spark'], [line.failed, 'server_error']]) {
      area.fillStyle = colour(name);
      values.forEach((value, i) => {
        const tall = value ? Math.max(2 * scale, value / highest * canvas.height) : 0;
        area.fillRect(i * step, canvas.height - tall, Math.max(1, step - 0.5), tall);
      });
    }
  };
  return h('canvas', { class: 'spark', role: 'img', 'aria-label': label, draw: el => drawn(el, line, paint) });
}
