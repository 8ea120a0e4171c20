// Shows what POST /explanations answered: the figure, and the same numbers as tables, for those who cannot see it.
import { element } from './options.js';

const MEASURES = {
  convergenceDelta: 'Convergence delta', deletionAuc: 'Deletion AUC\u00a0↓', insertionAuc: 'Insertion AUC\u00a0↑',
  infidelity: 'Infidelity\u00a0↓', maxSensitivity: 'Max-sensitivity\u00a0↓',
};

/** One decimal, and never a certainty that is none, as in the figure. */
export function percent(probability) {
  if (probability > 0 && probability < 0.001) {
    return '< 0.1 %';
  }
  return probability > 0.999 && probability < 1 ? '> 99.9 %' : `${(100 * probability).toFixed(1)} %`;
}

const significant = value => (value === null || value === undefined ? '–' : Number(value).toPrecision(3));

export function showAnswer(answer, shellCommand) {
  const panel = document.getElementById('panel');
  panel.src = `data:image/png;base64,${answer.panelPng}`;
  panel.alt = `Figure: ${answer.predicted.className}, ${percent(answer.predicted.probability)}, explained for `
    + `${answer.target.name} by ${answer.explanations.map(one => one.title).join(', ')}; its numbers are in the tables below.`;
  showWarning(answer.warning);
  document.getElementById('download-panel').href = panel.src;
  const json = document.getElementById('download-json');
  URL.revokeObjectURL(json.href);
  json.href = URL.createObjectURL(new Blob([JSON.stringify(answer)], { type: 'application/json' }));
  document.getElementById('probabilities').replaceChildren(...answer.probabilities.map(one =>
    element('tr', { className: one.className === answer.predicted.className ? 'predicted' : '' },
      element('th', { scope: 'row', textContent: one.className }),
      element('td', { className: 'number', textContent: percent(one.probability) }))));
  showScores(answer.explanations);
  showFailures(answer.failures);
  document.getElementById('shell').textContent = shellCommand;
  document.getElementById('empty').hidden = true;
  document.getElementById('result').hidden = false;
}

function showWarning(warning) {
  const notice = document.getElementById('warning');
  notice.textContent = warning ? `Careful: ${warning}.` : '';
  notice.hidden = !warning;
}

function showScores(explanations) {
  const measured = Object.keys(MEASURES).filter(key => explanations.some(one => one.faithfulness[key] != null));
  document.getElementById('measures').replaceChildren(element('tr', {},
    element('th', { scope: 'col', textContent: 'Method' }),
    ...measured.map(key => element('th', { scope: 'col', className: 'number', textContent: MEASURES[key] }))));
  document.getElementById('scores').replaceChildren(...explanations.map(one => element('tr', {},
    element('th', { scope: 'row', textContent: one.title }),
    ...measured.map(key => element('td', { className: 'number', textContent: significant(one.faithfulness[key]) })))));
}

function showFailures(failures) {
  const list = document.getElementById('failures');
  list.replaceChildren(...failures.map(one => element('li', { textContent: `${one.method}: ${one.reason}` })));
  list.hidden = failures.length === 0;
}

export async function problemOf(response) {
  const problem = await response.json().catch(() => ({}));
  // of the own page it refuses only one whose address it does not know
  const hint = response.status === 403
    ? `: is ${location.origin} among its quarkus.http.cors.origins? See docs/operations.md, Security` : '';
  return problem.detail ?? problem.title ?? `The service answered ${response.status}${hint}.`;
}

export function save(blob, name) {
  const link = element('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
