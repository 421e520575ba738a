'use strict';

const levels = { critical: 'bad', high: 'bad', medium: 'warning', low: 'warning' };

function incidentsPart(status) {
  const open = status.incidents.filter(incident => incident.state !== 'resolved');
  const over = status.incidents.filter(incident => incident.state === 'resolved');
  return [
    open.length === 0 ? h('p', { class: 'empty' }, badge('ok', t('incidents.none'))) : open.map((incident, i) => incidentCard(incident, i === 0)),
    over.length > 0 && h('details', { key: 'over', id: 'over' }, h('summary', null, t('incidents.over', over.length)), over.map(incident => incidentCard(incident, false))),
  ];
}

function incidentCard(incident, isOpen) {
  const over = incident.state === 'resolved';
  return h('article', { key: incident.number, id: `incident-${incident.number}`, tabindex: -1, class: over ? 'incident' : `incident ${levels[incident.severity]}` },
    h('h3', null, badge(over ? 'ok' : levels[incident.severity], over ? t('state.resolved') : word('severity', incident.severity)), ` #${incident.number} `, incident.title),
    h('p', null, incident.summary),
    h('p', { class: 'muted' }, stateOf(incident)),
    !over && mayAct() && h('p', { class: 'buttons' },
      incident.state === 'triggered' && button(t('acknowledge.button'), () => acknowledge(incident), { key: 'acknowledge', class: 'main' }),
      button(t('silence.open'), () => silence(incident.matchers), { key: 'silence' }), button(t('resolve.button'), () => resolve(incident), { key: 'resolve' })),
    h('details', { key: 'story', initial: { open: isOpen } }, h('summary', null, t('incidents.story')), story(incident)));
}

function stateOf(incident) {
  if (incident.state === 'resolved') {
    return [t('incidents.from'), ' ', time(incident.since), ' ', t('incidents.to'), ' ', time(incident.resolved_at), ', ', incident.resolved_by ? t('incidents.resolved_by', incident.resolved_by) : t('incidents.ended_itself')];
  }
  const taken = incident.state === 'acknowledged'
    ? [t('incidents.acknowledged_by', incident.acknowledged_by ?? t('incidents.somebody')), ' ', time(incident.acknowledged_at)]
    : t('incidents.nobody');
  return [t('incidents.since'), ' ', time(incident.since), ` (${since(incident.since)}). `, taken];
}

function story(incident) {
  const told = incident.told ?? [];
  return [
    h('dl', null,
      incident.cause && [h('dt', null, t('incidents.cause')), h('dd', null, incident.cause)],
      h('dt', null, t('incidents.told')),
      h('dd', null, told.length === 0 ? t('incidents.told_none') : h('ul', null, [...Map.groupBy(told, one => one.channel)].map(([channel, all]) =>
        h('li', null, `${channel}: `, all.length > 1 && t('incidents.told_first', all.length), ' ', time(all[0].at), all.length > 1 ? [`, ${t('incidents.told_last')} `, time(all.at(-1).at)] : ` ${word('told', all[0].kind)}`)))),
      incident.facts.length > 0 && [h('dt', null, t('incidents.facts')), h('dd', null, h('ul', null, incident.facts.map(fact => h('li', null, fact))))],
      incident.runbook && [h('dt', null, t('incidents.runbook')), h('dd', null, link(incident.runbook, t('incidents.runbook')) || copied(incident.runbook))],
      status.dashboard && [h('dt', null, t('page.dashboard')), h('dd', null, dashboard(Date.parse(incident.since), Date.parse(incident.resolved_at)))],
      incident.correlation_ids.length > 0 && [h('dt', null, t('failures.correlation')), h('dd', null, h('ul', null, incident.correlation_ids.map(id => h('li', null, copied(id), ' ', linksOf(status.failures.find(failure => failure.correlation_id === id))))))]),
    incident.alerts.length > 0 && [h('h4', null, t('alerts.of')), fold(incident.alerts, alert => alert.state !== 'resolved', ended => t('incidents.over', ended.length), some => alertList(some, false))],
    h('h4', null, t('incidents.timeline')), timeline(incident),
  ];
}

const timelineShown = 12;

/** What happened when: what its alerts did, who was told, what people did. */
function timeline(incident) {
  const entries = [
    ...incident.alerts.flatMap(alert => [[alert.started_at, t('timeline.started', alert.name)], [alert.fired_at, t('timeline.fired', alert.name)], [alert.resolved_at, t('timeline.ended', alert.name)]]),
    ...(incident.told ?? []).map(one => [one.at, t('timeline.told', one.channel, word('told', one.kind))]),
    ...incident.timeline.map(entry => [entry.at, entry.what, entry.by]),
  ].filter(([at]) => at).sort(([one], [other]) => Date.parse(one) - Date.parse(other));
  const list = some => h('ol', { class: 'timeline' }, some.map(([at, what, by]) => h('li', null, time(at), ' ', h('span', null, what, by && h('span', { class: 'muted' }, ` ${by}`)))));
  const hidden = Math.max(0, entries.length - timelineShown);
  return [hidden > 0 && h('details', { key: 'earlier' }, h('summary', null, t('timeline.earlier', hidden)), list(entries.slice(0, hidden))), list(entries.slice(hidden))];
}

const alertList = (alerts, canSilence) => h('ul', { class: 'rows' }, alerts.map(alert => h('li', { key: alert.id },
  h('p', null, badge(alert.state === 'resolved' ? 'ok' : alert.state === 'pending' ? 'warning' : levels[alert.severity], word('state', alert.state)), ' ', h('b', null, subjectOf(alert)), ' ', h('span', { class: 'muted' }, alert.name, ', ', word('severity', alert.severity), alert.is_silenced && `, ${t('alerts.silenced')}`, alert.is_inhibited && `, ${t('alerts.inhibited')}`)),
  h('p', null, alert.summary),
  h('p', { class: 'muted' },
    alert.value !== undefined && alert.state !== 'resolved' && `${t('alerts.value', measured(alert.value, alert.unit))}${alert.limit === undefined ? '' : `, ${t('alerts.limit', measured(alert.limit, alert.unit))}`}, `,
    t('incidents.since'), ' ', time(alert.started_at), alert.fired_at && [`, ${t('alerts.fired')} `, time(alert.fired_at)], alert.resolved_at && [`, ${t('alerts.resolved')} `, time(alert.resolved_at)]),
  canSilence && !alert.is_silenced && mayAct() && h('p', null, button(t('silence.open'), () => silence(matchersOf(alert)), { class: 'small', 'aria-label': `${t('silence.open')}: ${alert.name}` })))));

// What it is of: its summary has numbers only.
const subjectOf = ({ labels: { alertname, mcp_service, operation_type, ...own } }) => Object.values(own).join(' / ');

const matchersOf = alert => Object.entries({ alertname: alert.name, ...alert.labels }).map(([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&')}"`);

// What a silence or another alert covers is told to nobody: one line.
const alertsPart = ({ alerts }) => alerts.length === 0 ? h('p', { class: 'empty' }, t('alerts.none'))
  : fold(alerts, alert => !alert.is_silenced && !alert.is_inhibited, covered => h('span', { class: 'muted' }, t('alerts.covered', covered.length)), some => alertList(some, true));

const silencesPart = status => [
  status.silences.length === 0 ? h('p', { class: 'empty' }, t('silences.none')) : h('ul', { class: 'rows' }, status.silences.map(silence => h('li', { key: silence.id },
    h('p', null, silence.matchers.map(matcher => [h('code', null, matcher), ' '])),
    h('p', null, silence.comment),
    h('p', { class: 'muted' }, silence.by, ', ', Date.parse(silence.starts_at) > now && [t('silences.from'), ' ', time(silence.starts_at, false), ' '], t('silences.until'), ' ', time(silence.ends_at, false)),
    mayAct() && h('p', null, button(t('silence.end'), endSilence(silence), { class: 'small', 'aria-label': `${t('silence.end')}: ${silence.comment}` }))))),
  mayAct() && h('p', null, button(t('silences.new'), () => silence([]), { class: 'small' })),
];
