'use strict';

let charts;
let chosenWindow = 'hour';
let allOperations = false;
const shownAtLeast = 10;

const idOf = operation => `${operation.type}/${operation.name}`;
const hashOf = (type, name) => `#${type}/${encodeURIComponent(name)}`;
const isSlow = operation => operation.last_hour.p95 > operation.latency_target;
const hurts = operation => operation.is_failing || operation.last_hour.failed_share > 0 || isSlow(operation) || operation.budget_remaining < 0.25;

function callsPart(status) {
  const calls = chosenWindow === 'hour' ? status.last_hour : status.last_day;
  const choose = name => () => {
    chosenWindow = name;
    render();
  };
  const limit = status.objectives.find(objective => objective.kind === 'latency' && !objective.operation)?.threshold;
  return [
    h('p', { class: 'buttons' }, ['hour', 'day'].map(name => button(t(`calls.${name}`), choose(name), { 'aria-pressed': String(name === chosenWindow), class: 'small' }))),
    calls.calls === 0 ? h('p', { class: 'empty' }, t(`calls.none_${chosenWindow}`)) : h('ul', { class: 'figures' }, figures(calls, limit)),
    charts && [callsChart(charts[chosenWindow], t(`calls.chart_${chosenWindow}`, calls.calls, calls.server_errors)),
      latencyChart(charts[chosenWindow], limit, t('calls.p95_label', given(calls.p95, duration)))],
    chosenWindow === 'day' && h('p', { class: 'hint' }, t('calls.no_durations')),
  ];
}

function figures(calls, limit) {
  const share = count => calls.calls > 0 ? percent(count / calls.calls) : missing;
  const figure = (name, value, level) => h('li', { class: level }, h('b', null, value), ' ', name);
  return [
    figure(t('calls.calls', calls.calls), number(calls.calls)),
    figure(word('outcome', 'success'), share(calls.success)),
    [['server_error', calls.server_errors], ['tool_error', calls.tool_errors], ['client_error', calls.client_errors], ['cancelled', calls.cancelled]]
      .filter(([, count]) => count > 0).map(([outcome, count]) => figure(word('outcome', outcome), share(count), outcome === 'server_error' && 'bad')),
    calls.input_required > 0 && figure(t('calls.input_required'), number(calls.input_required)),
    calls.p95 !== undefined && figure('p95', duration(calls.p95), calls.p95 > limit && 'bad'),
    calls.p99 !== undefined && figure('p99', duration(calls.p99)),
  ];
}

// Nothing moves under the mouse: another order waits for 10 seconds while somebody points at the table or stands in it.
const orderWaits = 10_000;
let order = [];
let orderDue;
function inPlace(operations) {
  const wanted = operations.map(idOf);
  const body = document.querySelector('#operations tbody');
  const busy = body && (body.matches(':hover') || body.contains(document.activeElement));
  const byId = new Map(operations.map(operation => [idOf(operation), operation]));
  const kept = order.filter(id => byId.has(id));
  const differs = kept.some((id, i) => wanted[i] !== id);
  orderDue = differs && busy ? orderDue ?? Date.now() + orderWaits : undefined;
  if (orderDue === undefined || Date.now() >= orderDue) {
    orderDue = undefined;
    order = wanted;
  } else {
    order = [...kept, ...wanted.filter(id => !kept.includes(id))];
  }
  return order.map(id => byId.get(id));
}

function operationsPart(status) {
  if (status.operations.length === 0) return h('p', { class: 'empty' }, t('operations.none'));
  const all = inPlace(status.operations);
  const budgets = all.some(operation => operation.budget_remaining !== undefined);
  const shown = allOperations ? all : all.filter((operation, i) => i < shownAtLeast || hurts(operation));
  const more = () => {
    allOperations = !allOperations;
    render();
  };
  return [
    table(t('operations.title'), [[t('operations.operation')], [t('operations.calls'), 'n'], [t('operations.failed'), 'n'], ['p95', 'n'], [t('operations.chart'), 'wide'], budgets && [t('operations.budget'), 'n wide'], [t('operations.last_success'), 'n wide']].filter(Boolean),
      shown.map(operation => operationRow(operation, budgets)), { class: 'operations' }),
    all.length > shownAtLeast && (allOperations || shown.length < all.length) && h('p', null, button(allOperations ? t('operations.fewer') : t('operations.more', all.length - shown.length), more, { class: 'small' })),
  ];
}

const failsNow = operation => t('operations.fails', operation.recent_errors, operation.recent_calls);

function operationRow(operation, budgets) {
  const { last_hour: calls } = operation;
  const line = charts?.hour.operations[idOf(operation)];
  const open = event => {
    if (!event.target.closest('a')) location.hash = hashOf(operation.type, operation.name);
  };
  return h('tr', { key: idOf(operation), on: { click: open }, class: operation.is_failing && 'bad' },
    h('th', { scope: 'row' }, h('a', { href: hashOf(operation.type, operation.name) }, operation.name), operation.name === '_unknown' && h('span', { class: 'muted' }, ` ${t('operations.no_such')}`),
      operation.type !== 'tools' && h('span', { class: 'muted' }, ` ${word('kind', operation.type)}`), operation.owner && h('span', { class: 'muted' }, ` ${operation.owner}`),
      operation.is_failing && h('div', null, badge('bad', failsNow(operation)))),
    h('td', { class: 'n' }, number(calls.calls)),
    h('td', { class: 'n' }, calls.failed_share > 0 ? badge('bad', percent(calls.failed_share)) : given(calls.failed_share, percent)),
    h('td', { class: 'n' }, isSlow(operation) ? badge('warning', duration(calls.p95)) : given(calls.p95, duration)),
    h('td', { class: 'wide' }, line && spark(line, t('operations.spark', calls.calls, calls.server_errors))),
    budgets && h('td', { class: 'n wide' }, given(operation.budget_remaining, percent)),
    h('td', { class: 'n wide' }, operation.last_success ? time(operation.last_success) : t('operations.never')));
}

const failuresShown = 6;

function failuresPart({ failures }) {
  const groups = grouped(failures);
  return groups.length === 0 ? h('p', { class: 'empty' }, t('failures.none')) : [failureList(groups.slice(0, failuresShown)),
    groups.length > failuresShown && h('details', { key: 'more' }, h('summary', null, t('failures.more', groups.length - failuresShown)), failureList(groups.slice(failuresShown)))];
}

/** The same error again and again is one, with all its ids, whatever numbers its message has; those of the server come first. */
const grouped = failures => [...Map.groupBy(failures, ({ type, operation, outcome, error_type: error, dependency, exception, message }) => JSON.stringify([type, operation, outcome, error, dependency, exception, message?.replace(/\d+/g, '0')]))]
  .sort(([, [one]], [, [other]]) => outcomes.indexOf(one.outcome) - outcomes.indexOf(other.outcome));

// Of an error that a tool itself answered with, nobody knows more than that.
const errorWord = failure => failure.outcome === 'tool_error' && failure.error_type === 'internal' ? word('outcome', failure.outcome) : word('error_type', failure.error_type);

const failureList = groups => h('ol', { class: 'rows' }, groups.map(([key, [failure, ...others]]) => h('li', { key },
  h('p', null, time(failure.at), ' ', h('a', { href: hashOf(failure.type, failure.operation) }, failure.operation), ' ',
    badge(failure.outcome === 'server_error' ? 'bad' : 'warning', errorWord(failure)), failure.dependency && [' ', h('b', null, failure.dependency)]),
  (failure.message || failure.exception) && h('p', null, failure.exception && h('code', null, failure.exception), ' ', failure.message),
  failureIds(failure),
  others.length > 0 && h('details', null, h('summary', null, t('failures.same', others.length), ' ', time(others.at(-1).at)), others.map(other => h('div', null, time(other.at), failureIds(other)))))));

const failureIds = failure => h('p', { class: 'muted' }, failure.correlation_id && copied(failure.correlation_id, t('failures.correlation')), ' ',
  !failure.trace_url && failure.trace_id && failure.trace_id !== failure.correlation_id && copied(failure.trace_id, t('failures.trace')), ' ', linksOf(failure));

const linksOf = failure => [link(failure?.trace_url, t('failures.trace')), ' ', link(failure?.sentry_url, 'Sentry')];

let opened;
const detailEvery = 10_000;

/** Opens one operation and keeps it fresh while it is open. */
async function openOperation(type, name) {
  const mine = opened = {};
  const title = `${word('kind', type)} / ${name}`;
  openDialog(title, h('p', { key: 'loading' }, t('page.loading')), () => {
    opened = undefined;
    if (location.hash === hashOf(type, name)) history.replaceState(null, '', location.pathname + location.search);
  });
  while (opened === mine) {
    let content;
    try {
      content = operationDetail(await get(`api/v1/operations/${encodeURIComponent(type)}/${encodeURIComponent(name)}`));
    } catch (fault) {
      content = h('p', { key: 'fault', class: 'error', role: 'alert' }, fault.status === 404 ? t('operations.unknown') : fault.message);
    }
    if (opened !== mine) return;
    fillDialog(title, content);
    await new Promise(go => setTimeout(go, detailEvery));
  }
}

function operationDetail(detail) {
  const { operation, chart } = detail;
  const errors = detail.errors ?? [], times = detail.dependencies ?? [], failures = detail.failures ?? [], incidents = detail.incidents ?? [];
  const label = t('calls.chart_hour', operation.last_hour.calls, operation.last_hour.server_errors);
  return h('div', { key: 'detail' },
    operation.is_failing && h('p', null, badge('bad', failsNow(operation))),
    incidents.length > 0 && h('p', null, incidents.map(one => [h('a', { href: `#incident-${one}` }, `${t('incidents.incident')} ${one}`), ' '])),
    h('ul', { class: 'figures' }, figures(operation.last_hour, operation.latency_target)),
    h('p', { class: 'muted' }, operation.owner && `${t('operations.owner', operation.owner)}. `, t('operations.last_success'), ': ', operation.last_success ? time(operation.last_success) : t('operations.never'), '. ',
      t('operations.last_failure'), ': ', operation.last_failure ? time(operation.last_failure) : t('operations.never'), '. ',
      operation.budget_remaining !== undefined && `${t('operations.budget')}: ${percent(operation.budget_remaining)}. `, link(detail.runbook, t('incidents.runbook'))),
    callsChart(chart, label), latencyChart(chart, operation.latency_target, t('calls.p95_label', given(operation.last_hour.p95, duration))),
    h('h3', null, t('operations.errors')),
    errors.length === 0 ? h('p', { class: 'empty' }, t('operations.no_errors')) : table(t('operations.errors'), [[t('operations.error_type')], [t('operations.outcome')], [t('operations.dependency')], [t('operations.count'), 'n']],
      errors.map(error => h('tr', null, h('th', { scope: 'row' }, word('error_type', error.error_type)), h('td', null, word('outcome', error.outcome)), h('td', null, error.dependency ?? missing), h('td', { class: 'n' }, number(error.count))))),
    h('h3', null, t('operations.time_in')),
    times.length === 0 ? h('p', { class: 'empty' }, t('operations.no_times')) : table(t('operations.time_in'), [[t('operations.dependency')], [t('operations.time'), 'n'], [t('operations.share'), 'n']],
      times.map(one => h('tr', null, h('th', { scope: 'row' }, one.dependency), h('td', { class: 'n' }, duration(one.seconds)), h('td', { class: 'n' }, given(one.share, percent))))),
    h('h3', null, t('failures.title')),
    failures.length === 0 ? h('p', { class: 'empty' }, t('failures.none')) : failureList(grouped(failures)));
}
