'use strict';

const staleAfter = 10_000, hiddenFor = 60_000;
// How long until the next try: at most the former where the server answers but has no stream for us, the latter where it does not.
const firstRetry = 1_000, lastRetry = 5_000, lastRetryInTrouble = 10_000;
let status, events, lastAnswer = Date.now(), trouble, retry = firstRetry, retryTimer, hiddenTimer;

const parts = {
  incidents: incidentsPart, alerts: alertsPart, calls: callsPart, operations: operationsPart, failures: failuresPart, dependencies: dependenciesPart,
  objectives: objectivesPart, agents: agentsPart, channels: channelsPart, silences: silencesPart, queues: queuesPart, coverage: coveragePart,
};

function render() {
  if (!status) return;
  setTime(status);
  headerPart(status);
  for (const part in parts) patch(document.getElementById(part), [parts[part](status)]);
}

function take(answer) {
  const first = !status;
  status = answer;
  lastAnswer = Date.now();
  trouble = undefined;
  showConnection();
  render();
  if (first) route();
  askForCharts();
}

// Charts come each minute; those of a server that has just begun are empty, and are asked for sooner.
const chartsEvery = 5_000;
let chartsAsked = 0;
function askForCharts() {
  if (status.last_hour.calls === 0 || Date.now() - chartsAsked < chartsEvery || outcomes.some(outcome => charts?.hour.outcomes[outcome]?.some(count => count > 0))) return;
  chartsAsked = Date.now();
  get('api/v1/charts').then(takeCharts, () => { });
}

function takeCharts(answer) {
  charts = answer;
  render();
}

/** Listens to the server; where that fails, its status is asked for, less and less often, until it can be listened to again. */
function listen() {
  events?.close();
  events = new EventSource('api/v1/events');
  events.addEventListener('status', event => {
    retry = firstRetry;
    take(JSON.parse(event.data));
  });
  events.addEventListener('charts', event => takeCharts(JSON.parse(event.data)));
  events.addEventListener('error', askLater);
}

function askLater() {
  events.close();
  clearTimeout(retryTimer);
  retryTimer = setTimeout(poll, retry);
  retry = Math.min(trouble ? lastRetryInTrouble : lastRetry, retry * 2);
}

async function poll() {
  try {
    take(await get('api/v1/status'));
    if (!charts) takeCharts(await get('api/v1/charts'));
    // It may be another process, with another key.
    await readSession();
    listen();
  } catch (fault) {
    trouble = fault;
    showConnection();
    askLater();
  }
}

const refresh = () => get('api/v1/status').then(take, fault => trouble = fault);

function showConnection() {
  const refused = trouble?.status === 401 || trouble?.status === 403;
  const stale = refused || Date.now() - lastAnswer > staleAfter;
  document.body.classList.toggle('stale', stale);
  patch(document.getElementById('connection'), !stale ? [] : [h('p', null,
    refused ? [t(`page.refused_${trouble.status}`), ' ', h('a', { href: 'sign-in' }, t('page.sign_in'))]
      : [t('page.stale', inZone(lastAnswer, { hour: '2-digit', minute: '2-digit', second: '2-digit' })), ' ', trouble && !(trouble instanceof TypeError) ? trouble.message : t('error.network')])]);
}

setInterval(() => {
  if (document.hidden || Date.now() - lastAnswer <= staleAfter) return;
  showConnection();
  // Open, and nothing comes: as good as none.
  if (events.readyState === EventSource.OPEN) askLater();
}, 1000);

document.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) {
    hiddenTimer = setTimeout(() => {
      events.close();
      clearTimeout(retryTimer);
    }, hiddenFor);
  } else if (events.readyState === EventSource.CLOSED) {
    listen();
  }
});

/** Opens what the address names: #incident-17, #tools/get_order. */
function route() {
  const hash = location.hash.slice(1);
  const slash = hash.indexOf('/');
  if (slash > 0) {
    let name = hash.slice(slash + 1);
    try {
      name = decodeURIComponent(name);
    } catch {
      // A name that only looks encoded.
    }
    openOperation(hash.slice(0, slash), name);
    return;
  }
  if (dialog().open && hash !== '') dialog().close();
  const incident = /^incident-\d+$/.test(hash) && document.getElementById(hash);
  if (incident) {
    for (let fold = incident.parentElement; fold; fold = fold.parentElement) if (fold.localName === 'details') fold.open = true;
    incident.querySelector('details').open = true;
    incident.scrollIntoView();
    incident.focus();
  }
}

window.addEventListener('hashchange', route);
dialog().addEventListener('close', () => onDialogClose?.());

/** Fills a fold when it is opened, and again every 10 seconds while it is. */
function fetched(id, every, read) {
  const fold = document.getElementById(id);
  const fill = async () => {
    if (!fold.open) return;
    let content;
    try {
      content = await read();
    } catch (fault) {
      content = h('p', { class: 'error', role: 'alert' }, fault.message);
    }
    patch(fold.lastElementChild, [content]);
    if (every) setTimeout(fill, every);
  };
  fold.addEventListener('toggle', fill);
}

fetched('rules', 10_000, async () => rulesTable(await get('api/v1/rules')));
fetched('settings', 0, async () => h('pre', { tabindex: 0, role: 'region', 'aria-label': t('settings.summary') }, await ask('api/v1/settings')));

readSession().then(render);
listen();
