'use strict';
// What a reader may do. The server says whether; each request carries its anti-forgery token.

let session = { may_act: false };
const dialog = () => document.getElementById('dialog');
let onDialogClose;

async function ask(path, options) {
  const answer = await fetch(path, { cache: 'no-store', ...options });
  const text = await answer.text();
  if (answer.ok) return text;
  let said;
  try {
    said = JSON.parse(text).error;
  } catch {
    // Not an answer of ours: of a proxy, or none at all.
  }
  throw Object.assign(new Error(said || t('error.status', String(answer.status))), { status: answer.status });
}

const get = async path => JSON.parse(await ask(path));

/** Sends an action. Its fault, in words, is what the promise fails with. */
async function send(method, path, body, isLast) {
  try {
    const text = await ask(`api/v1/${path}`, {
      method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json', 'X-Mcp-Antiforgery': session.antiforgery ?? '' },
    });
    return text ? JSON.parse(text) : {};
  } catch (fault) {
    // The token of a page that was open for hours is too old, or the session has ended.
    if (fault.status === 401 || fault.status === 403) {
      const old = session.antiforgery;
      await readSession();
      if (!isLast && mayAct() && session.antiforgery !== old) return send(method, path, body, true);
    }
    throw fault instanceof TypeError ? new Error(t('error.network')) : fault;
  }
}

async function readSession() {
  try {
    session = await get('api/v1/session');
  } catch {
    session = { may_act: false };
  }
}

const mayAct = () => session.may_act && !session.read_only;

function openDialog(title, content, onClose) {
  onDialogClose = undefined;
  fillDialog(title, content);
  onDialogClose = onClose;
  const element = dialog();
  if (!element.open) element.showModal();
  element.scrollTop = 0;
}

const fillDialog = (title, content) => patch(dialog(), [
  h('div', { class: 'top' }, h('h2', { id: 'dialog-title' }, title), button(t('dialog.close'), () => dialog().close(), { class: 'small' })),
  content]);

const field = (name, label, props, tag = 'input') => h('p', null, h('label', { for: `f-${name}` }, label), ' ',
  h(tag, { id: `f-${name}`, name, ...props }));

let knownName = '';
const byField = () => !session.name && field('by', t('form.by'), { maxlength: 100, autocomplete: 'name', initial: { value: knownName } });

/** Opens a form for an action; it closes when the server has taken it. */
function form(title, fields, label, act) {
  const submit = async event => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    knownName = values.by ?? knownName;
    const pressed = event.target.querySelector('button.main');
    pressed.disabled = true;
    try {
      const done = await act(values);
      dialog().close();
      say(done);
      refresh();
    } catch (fault) {
      dialog().querySelector('.error').textContent = fault.message;
    }
    pressed.disabled = false;
  };
  openDialog(title, h('form', { key: `form ${title} ${Date.now()}`, on: { submit } }, fields, h('p', { class: 'error', role: 'alert' }), h('p', null, h('button', { class: 'main' }, label))));
}

const filled = values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

function acknowledge(incident) {
  form(t('acknowledge.of', String(incident.number), incident.title), [byField(), field('comment', t('form.comment'), { maxlength: 500 })], t('acknowledge.button'), async values => {
    await send('POST', `incidents/${incident.number}/acknowledge`, filled(values));
    return t('acknowledge.done', String(incident.number));
  });
}

function resolve(incident) {
  form(t('resolve.of', String(incident.number), incident.title), [h('p', null, t('resolve.hint')), byField(), field('comment', t('form.comment'), { maxlength: 500 })], t('resolve.button'), async values => {
    await send('POST', `incidents/${incident.number}/resolve`, filled(values));
    return t('resolve.done', String(incident.number));
  });
}

const lines = text => text.split('\n').map(line => line.trim()).filter(line => line !== '');

function silence(matchers) {
  const preview = async () => {
    const shown = dialog().querySelector('#preview'), wanted = lines(dialog().querySelector('#f-matchers').value);
    if (wanted.length === 0) return patch(shown, []);
    try {
      const { alerts, count } = await send('POST', 'silences/preview', { matchers: wanted });
      if (shown.isConnected) patch(shown, count ? [t('silence.mutes', count), h('ul', null, alerts.map(alert => h('li', null, alert)))] : t('silence.mutes_none'));
    } catch (fault) {
      shown.textContent = fault.message;
    }
  };
  let due;
  const input = () => {
    clearTimeout(due);
    due = setTimeout(preview, 400);
  };
  form(t('silence.title'), [
    field('matchers', t('silence.matchers'), { rows: 3, required: true, spellcheck: 'false', on: { input }, initial: { value: matchers.join('\n') } }, 'textarea'),
    h('div', { id: 'preview', role: 'status', class: 'hint' }),
    field('minutes', t('silence.minutes'), { type: 'number', min: 1, max: 43200, required: true, initial: { value: 60 } }),
    field('comment', t('silence.comment'), { required: true, maxlength: 500 }), byField(),
  ], t('silence.button'), async values => {
    await send('POST', 'silences', filled({ ...values, matchers: lines(values.matchers), minutes: Number(values.minutes) }));
    return t('silence.done');
  });
  preview();
}

/** Does something at once and says how it went. */
async function act(pressed, work) {
  pressed.disabled = true;
  try {
    say(await work());
    refresh();
  } catch (fault) {
    openDialog(t('error.title'), h('p', { key: 'fault', class: 'error', role: 'alert' }, fault.message));
  }
  pressed.disabled = false;
}

const endSilence = silence => event => act(event.target, async () => {
  await send('DELETE', `silences/${encodeURIComponent(silence.id)}`);
  return t('silence.ended');
});

const testChannel = channel => event => act(event.target, async () => {
  const { delivered, words } = await send('POST', `channels/${encodeURIComponent(channel.name)}/test`, {});
  return delivered ? t('channels.delivered', channel.name) : words || t('channels.not_delivered', channel.name);
});

const signOut = event => act(event.target, async () => {
  await ask('sign-out', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Mcp-Antiforgery': session.antiforgery ?? '' } });
  location.assign('sign-in');
  return '';
});
