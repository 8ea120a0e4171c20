// Keeps a page up to date: while something runs, the page is fetched again every two seconds and each part marked
// data-live is exchanged if it has changed. The server stays the only place that knows how things look.
'use strict';

const INTERVAL = 2000;
const connection = document.getElementById('connection');

function running() {
  return document.querySelector('[data-ended="false"]') !== null;
}

// What finds an element again after its part was exchanged, so that who moves by keyboard does not lose the place.
function selectorOf(element) {
  const name = ['href', 'data-post', 'data-delete'].find(each => element.hasAttribute(each));
  return name ? `[${name}="${CSS.escape(element.getAttribute(name))}"]` : null;
}

// Who marks an id to copy it would lose the mark, again and again.
function isMarked(part) {
  const selection = getSelection();
  return !selection.isCollapsed && selection.getRangeAt(0).intersectsNode(part);
}

function exchange(fresh) {
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id);
    if (!next || next.innerHTML === part.innerHTML && next.dataset.ended === part.dataset.ended || isMarked(part)) {
      continue;
    }
    const focused = part.contains(document.activeElement) ? selectorOf(document.activeElement) : null;
    const scrolled = [...part.querySelectorAll('.scroll')].map(each => each.scrollLeft);
    part.innerHTML = next.innerHTML;
    part.querySelectorAll('.scroll').forEach((each, index) => { each.scrollLeft = scrolled[index] ?? 0; });
    if (next.dataset.ended) {
      part.dataset.ended = next.dataset.ended;
    }
    if (focused) {
      part.querySelector(focused)?.focus();
    }
  }
}

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) {
      throw new Error(answer.statusText);
    }
    exchange(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    await drawCharts();
    connection.hidden = true;
  } catch (e) {
    connection.hidden = false;
  }
}

// Also where nothing runs any more, a page that could not be fetched is tried again: else it would say so for ever.
async function keepUp() {
  if ((running() || !connection.hidden) && !document.hidden) {
    await refresh();
  }
  setTimeout(keepUp, INTERVAL);
}

// Of the own pages it refuses only those whose address it does not know.
function hint({ status }) {
  return status === 403 ? `: is ${location.origin} among its quarkus.http.cors.origins? See docs/operations.md, Security` : '';
}

// What somebody fills in before the button does what it says, as a query; null if it is not to. What was typed is still
// there when the same is asked of the same model again, since the tuner did not answer or the dialog was closed too early.
function filledIn(dialog, model) {
  const form = dialog.querySelector('form');
  const asked = dialog.querySelector('code');
  if (asked.textContent !== model) {
    form.reset();
    asked.textContent = model;
  }
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    resolve(dialog.returnValue ? `?${new URLSearchParams(new FormData(form))}` : null);
  }, { once: true }));
}

async function agreed({ ask, model, confirm: question }) {
  return ask ? filledIn(document.getElementById(ask), model) : confirm(question) ? '' : null;
}

// What comes of a button: why the tuner did not do what it says, or which page what is new has, or neither.
async function outcome({ post, delete: gone }, query) {
  try {
    const answer = await fetch((post ?? gone) + query, { method: post ? 'POST' : 'DELETE' });
    if (answer.status === 201) {
      return { page: `/pages${new URL(answer.headers.get('location'), location.href).pathname}` };
    }
    if (answer.ok) {
      return {};
    }
    const { title, detail } = await answer.json().catch(() => ({}));
    return { refusal: detail ? `${title}: ${detail}` : `The tuner answered ${answer.status}${hint(answer)}.` };
  } catch (e) {
    return {
      refusal: 'The tuner does not answer. See whether this was done when it is back, and try again if it was not.',
    };
  }
}

// A button that is disabled or exchanged loses the focus, and who moves by keyboard would begin at the top again.
function goOn(button, part) {
  if (document.activeElement === document.body) {
    part.tabIndex = -1;
    (part.querySelector(selectorOf(button)) ?? part).focus({ preventScroll: true });
  }
}

document.addEventListener('click', async event => {
  const button = event.target.closest('button[data-post], button[data-delete]');
  const part = button?.closest('[data-live]');
  const query = button ? await agreed(button.dataset) : null;
  if (query === null) {
    return;
  }
  button.disabled = true;
  const { refusal, page } = await outcome(button.dataset, query);
  if (page) {
    button.disabled = false; // for who comes back
    location.assign(page);
    return;
  }
  if (refusal) {
    alert(refusal);
  } else if (button.dataset.ask) {
    document.getElementById(button.dataset.ask).querySelector('form').reset();
  }
  getSelection().removeAllRanges(); // what has come of it is shown whatever was marked
  await refresh();
  button.disabled = false;
  goOn(button, part);
});

async function draw() {
  await drawCharts().catch(() => { connection.hidden = false; });
}

document.getElementById('metric')?.addEventListener('change', draw);
draw();
setTimeout(keepUp, INTERVAL);
