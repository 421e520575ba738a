'use strict';

function headerPart({ service, state, alerts }) {
  const pending = alerts.filter(alert => alert.state === 'pending').length;
  const level = { healthy: 'ok', warning: 'warning', critical: 'bad' }[state.level];
  document.title = `${signs[level]} ${service.name}: ${word('level', state.level)}`;
  patch(document.getElementById('service'), [h('h1', null, service.name), h('p', { class: 'muted' },
    [service.version && `v${service.version}`, service.environment, t('page.up', since(service.started_at)), t('page.instance', service.instance)].filter(Boolean).join(' · '))]);
  const element = document.getElementById('state');
  element.className = level;
  patch(element, [h('b', null, h('span', { 'aria-hidden': 'true' }, signs[level], ' '), word('level', state.level)), ' ', h('span', null, state.sentence), ' ',
    h('span', { class: 'muted' }, [state.open > 0 && t('page.open', state.open), state.open_breakers > 0 && t('page.breakers', state.open_breakers), pending > 0 && t('page.pending', pending)].filter(Boolean).join(', '))]);
  patch(document.getElementById('about'), [t('page.zone', zone, inZone(now, { timeZoneName: 'short' }).split(' ').at(-1)), ' · ', t('page.this_instance', service.instance), ` · Mcp.Monitoring ${service.library_version} · `,
    h('a', { href: 'api/v1/status' }, t('page.json')), status.dashboard && [' · ', dashboard(now)], session.signed_in && [' · ', button(t('page.sign_out'), signOut, { class: 'small' })]]);
}

function dependenciesPart({ dependencies }) {
  const list = some => h('ul', { class: 'rows' }, some.map(one => h('li', { key: one.name }, h('p', null, h('b', null, one.name), ' ', dependencyState(one)), h('p', { class: 'muted' }, dependencyFacts(one)))));
  return dependencies.length === 0 ? h('p', { class: 'empty' }, t('dependencies.none'))
    : fold(dependencies, one => one.is_up === false || one.failed > 0 || one.waiting_for_connection > 0 || (one.breaker ?? 'closed') !== 'closed',
      good => badge('ok', t('dependencies.well', good.length, good.map(one => one.name).join(', '))), list);
}

const dependencyState = one => [
  one.is_up === false ? badge('bad', t('dependencies.down')) : one.is_up ? badge('ok', t('dependencies.up')) : h('span', { class: 'muted' }, t('dependencies.unknown')), ' ',
  one.breaker && badge({ closed: 'ok', half_open: 'warning' }[one.breaker] ?? 'bad', t('dependencies.breaker', word('breaker', one.breaker))),
];

const dependencyFacts = one => [
  t('dependencies.calls', one.calls, one.failed), one.retries > 0 && t('dependencies.retries', one.retries), one.rejected > 0 && t('dependencies.rejected', one.rejected),
  one.p95 !== undefined && `p95 ${duration(one.p95)}`,
  one.connections !== undefined && t('dependencies.connections', one.connections, given(one.max_connections, number)), one.waiting_for_connection > 0 && t('dependencies.waiting', one.waiting_for_connection),
  one.hit_share !== undefined && t('dependencies.hits', percent(one.hit_share)),
  ...Object.entries(one.sessions ?? {}).map(([state, count]) => t('dependencies.sessions', state, count)),
].filter(Boolean).join(' · ');

function queuesPart({ queues }) {
  const list = some => h('ul', { class: 'rows' }, some.map(one => h('li', { key: one.name }, h('b', null, one.name), ` ${t('queues.size', one.size)}`, one.capacity !== undefined && ` ${t('queues.of', one.capacity)}`)));
  return queues.length === 0 ? h('p', { class: 'empty' }, t('queues.none')) : fold(queues, one => one.size > 0, good => badge('ok', t('queues.empty', good.length)), list);
}

function agentsPart({ agents }) {
  const facts = [
    ...agents.unknown.map(one => t('agents.unknown', word('kind', one.type), one.count)), agents.refused_arguments > 0 && t('agents.refused', agents.refused_arguments),
    agents.sessions > 0 && t('agents.sessions', agents.sessions), agents.streams > 0 && t('agents.streams', agents.streams),
  ].filter(Boolean);
  return agents.clients.length === 0 ? h('p', { class: 'empty' }, t('agents.none')) : [
    table(t('agents.title'), [[t('agents.client')], [t('agents.protocol')], [t('agents.requests'), 'n'], [t('agents.server_errors'), 'n'], [t('agents.client_errors'), 'n']],
      agents.clients.map(client => h('tr', { key: `${client.name} ${client.protocol}` }, h('th', { scope: 'row' }, client.name === '_other' ? t('agents.other') : client.name), h('td', null, client.protocol),
        h('td', { class: 'n' }, number(client.requests)), h('td', { class: 'n' }, client.server_errors > 0 ? badge('bad', number(client.server_errors)) : '0'), h('td', { class: 'n' }, number(client.client_errors))))),
    facts.length > 0 && h('p', { class: 'muted' }, facts.join(' · ')),
  ];
}

const objectivesPart = ({ objectives }) => objectives.length === 0 ? h('p', { class: 'empty' }, t('objectives.none')) : h('ul', { class: 'rows' }, objectives.map(one => {
  const left = one.budget_remaining, label = `${word('objective', one.kind)} ${one.operation ?? ''} ${target(one.target)}`;
  return h('li', { key: one.name },
    h('p', null, h('b', null, label), one.threshold !== undefined && ` ${t('objectives.within', duration(one.threshold))}`),
    left === undefined ? h('p', { class: 'muted' }, t('objectives.no_calls')) : h('p', null, h('meter', { min: 0, max: 1, low: 0.25, high: 0.5, optimum: 1, value: Math.max(0, left), 'aria-label': label }), ' ',
      left <= -1 ? badge('bad', t('objectives.spent_times', number(1 - left))) : left < 0 ? badge('bad', t('objectives.spent', percent(-left))) : t('objectives.left', percent(left))),
    h('p', { class: 'muted' }, t('objectives.bad', one.bad, one.calls), one.burn_hour !== undefined && [' · ', t('objectives.burn', number(one.burn_hour), given(one.burn_six_hours, number))]));
}));

function channelsPart({ channels }) {
  const list = some => h('ul', { class: 'rows' }, some.map(one => h('li', { key: one.name },
    h('p', null, badge(one.works ? 'ok' : 'bad', one.name), ' ', one.words),
    h('p', { class: 'muted' }, [t('channels.from', word('severity', one.minimum_severity)), one.waiting > 0 && t('channels.waiting', one.waiting)].filter(Boolean).join(' · '), ' · ', t('channels.last'), ' ', one.last_success ? time(one.last_success) : t('operations.never'), ' ',
      mayAct() && button(t('channels.test'), testChannel(one), { class: 'small', 'aria-label': `${t('channels.test')}: ${one.name}` })))));
  return [!channels.some(one => one.is_remote) && h('p', { class: 'empty' }, t('channels.none')), fold(channels, one => !one.works, good => badge('ok', t('channels.well', good.length, good.map(one => one.name).join(', '))), list)];
}

const coveragePart = ({ coverage }) => [
  h('details', { key: 'is' }, h('summary', null, badge('ok', t('coverage.is', coverage.monitored.length))), h('ul', null, coverage.monitored.map(one => h('li', null, one)))),
  coverage.not_monitored.length > 0 && h('details', { key: 'not' }, h('summary', null, t('coverage.not', coverage.not_monitored.length)), h('ul', null, coverage.not_monitored.map(one => h('li', null, one)))),
];

const ruleLevels = { ok: 'ok', pending: 'warning', firing: 'bad', failing: 'bad' };

const rulesTable = rules => table(t('rules.title'), [[t('rules.rule')], [t('rules.value'), 'n'], [t('rules.time'), 'n']],
  rules.flatMap(rule => [
    h('tr', { key: rule.name }, h('th', { scope: 'rowgroup', colspan: 3 }, rule.name, ' ', ruleLevels[rule.state] ? badge(ruleLevels[rule.state], word('rule', rule.state)) : h('span', { class: 'muted' }, word('rule', rule.state)),
      rule.active > 0 && ` ${t('rules.active', rule.active)}`, rule.by?.length > 0 && h('span', { class: 'muted' }, ` ${t('rules.by', rule.by.join(', '))}`), rule.problem && h('p', { class: 'error' }, rule.problem))),
    ...(rule.levels ?? []).flatMap((level, i) => [
      h('tr', { key: `${rule.name} ${i}`, class: 'level' }, h('td', null, word('severity', level.severity)), h('td', { class: 'n' }, `${measured(level.value, level.unit)} / ${measured(level.limit, level.unit)}`),
        h('td', { class: 'n' }, level.fires_in === undefined ? level.for > 0 ? duration(level.for) : t('rules.at_once') : t('rules.fires_in', duration(level.fires_in), duration(level.for)))),
      h('tr', { key: `${rule.name} ${i} condition` }, h('td', { colspan: 3 }, h('details', null, h('summary', null, t('rules.condition')), copied(level.condition)))),
    ]),
  ]), { class: 'rules' });
