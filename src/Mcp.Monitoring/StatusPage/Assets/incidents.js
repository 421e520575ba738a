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
      h('dd', null, told.length === 0 ? t('incidents.told_none') : h('ul', null, told.map(one => h('li', null, time(one.at), ` ${one.channel}: ${word('told', one.kind)}`)))),
      incident.facts.length > 0 && [h('dt', null, t('incidents.helps')), h('dd', null, h('ul', null, incident.facts.map(fact => h('li', null, fact))))],
      incident.runbook && [h('dt', null, t('incidents.runbook')), h('dd', null, link(incident.runbook, t('incidents.runbook')) || copied(incident.runbook))],
      incident.correlation_ids.length > 0 && [h('dt', null, t('failures.correlation')), h('dd', null, h('ul', null, incident.correlation_ids.map(id => h('li', null, copied(id)))))]),
    incident.alerts.length > 0 && [h('h4', null, t('alerts.of')), alertList(incident.alerts, false)],
    incident.timeline.length > 0 && [h('h4', null, t('incidents.timeline')), h('ol', { class: 'timeline' }, incident.timeline.map(entry =>
      h('li', null, time(entry.at), ' ', h('span', null, entry.what, entry.by && h('span', { class: 'muted' }, ` ${entry.by}`)))))],
  ];
}

const alertList = (alerts, canSilence) => h('ul', { class: 'rows' }, alerts.map(alert => h('li', { key: alert.id },
  h('p', null, badge(alert.state === 'resolved' ? 'ok' : alert.state === 'pending' ? 'warning' : levels[alert.severity], word('state', alert.state)), ' ', h('b', null, alert.name), ' ',
    h('span', { class: 'muted' }, word('severity', alert.severity), alert.is_silenced && `, ${t('alerts.silenced')}`, alert.is_inhibited && `, ${t('alerts.inhibited')}`)),
  h('p', null, alert.summary),
  h('p', { class: 'muted' },
    alert.value !== undefined && `${t('alerts.value', measured(alert.value, alert.unit))}${alert.limit === undefined ? '' : `, ${t('alerts.limit', measured(alert.limit, alert.unit))}`}, `,
    t('incidents.since'), ' ', time(alert.started_at), alert.fired_at && [`, ${t('alerts.fired')} `, time(alert.fired_at)], alert.resolved_at && [`, ${t('alerts.resolved')} `, time(alert.resolved_at)]),
  canSilence && !alert.is_silenced && mayAct() && h('p', null, button(t('silence.open'), () => silence(matchersOf(alert)), { class: 'small', 'aria-label': `${t('silence.open')}: ${alert.name}` })))));

const matchersOf = alert => Object.entries({ alertname: alert.name, ...alert.labels }).map(([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&')}"`);

const alertsPart = status => status.alerts.length === 0 ? h('p', { class: 'empty' }, t('alerts.none')) : alertList(status.alerts, true);

const silencesPart = status => [
  status.silences.length === 0 ? h('p', { class: 'empty' }, t('silences.none')) : h('ul', { class: 'rows' }, status.silences.map(silence => h('li', { key: silence.id },
    h('p', null, silence.matchers.map(matcher => [h('code', null, matcher), ' '])),
    h('p', null, silence.comment),
    h('p', { class: 'muted' }, silence.by, ', ', Date.parse(silence.starts_at) > now && [t('silences.from'), ' ', time(silence.starts_at, false), ' '], t('silences.until'), ' ', time(silence.ends_at, false)),
    mayAct() && h('p', null, button(t('silence.end'), endSilence(silence), { class: 'small', 'aria-label': `${t('silence.end')}: ${silence.comment}` }))))),
  mayAct() && h('p', null, button(t('silences.new'), () => silence([]), { class: 'small' })),
];
