// Keeps a page up to date: while something runs, the page is fetched again every two seconds and each part marked
// data-live is exchanged if it has changed. The server stays the only place that knows how things look.
'use strict';

const INTERVAL = 2000;
const connection = document.getElementById('connection');

function running() {
  return document.querySelector('[data-ended="false"]') !== null;
}

function exchange(fresh) {
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id);
    if (!next || next.innerHTML === part.innerHTML && next.dataset.ended === part.dataset.ended) {
      continue;
    }
    const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    part.innerHTML = next.innerHTML;
    if (next.dataset.ended) {
      part.dataset.ended = next.dataset.ended;
    }
    if (focused) {
      part.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
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

async function keepUp() {
  if (running() && !document.hidden) {
    await refresh();
  }
  setTimeout(keepUp, INTERVAL);
}

document.addEventListener('click', async event => {
  const button = event.target.closest('button[data-post], button[data-delete]');
  if (!button || !confirm(button.dataset.confirm)) {
    return;
  }
  button.disabled = true;
  const answer = button.dataset.post
    ? await fetch(button.dataset.post, { method: 'POST' })
    : await fetch(button.dataset.delete, { method: 'DELETE' });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    alert(problem.detail ?? `The tuner answered ${answer.status}.`);
  }
  await refresh();
});

drawCharts().catch(() => { connection.hidden = false; });
setTimeout(keepUp, INTERVAL);
