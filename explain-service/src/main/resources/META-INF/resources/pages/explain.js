// The page for one image: choose it, choose methods, see the figure. Everything it shows comes from the same API that
// scripts use.
import { chosenMethods, chosenOptions, element, showMethods } from './options.js';
import { percent, problemOf, save, showAnswer } from './answer.js';

const INTERVAL = 5000;
const form = document.getElementById('form');
const image = document.getElementById('image');
const drop = document.getElementById('drop');
const target = document.getElementById('target');
const other = document.getElementById('other');
const progress = document.getElementById('status');
const problem = document.getElementById('problem');
const explain = document.getElementById('explain');
const downloadMaps = document.getElementById('download-maps');

/** What is to be explained: a file {file} or the id of a recent request {recent, filename}. */
let subject = null;
/** The fields that made the figure shown, for downloads that belong to it. */
let shown = null;

function choose(next, name, preview) {
  subject = next;
  document.getElementById('chosen').textContent = name;
  const picture = document.getElementById('preview');
  URL.revokeObjectURL(picture.src);
  picture.hidden = false;
  picture.onerror = () => { picture.hidden = true; }; // TIFF, which browsers do not show
  picture.src = preview;
  for (const button of document.querySelectorAll('#recent-list button')) {
    button.setAttribute('aria-pressed', String(button.dataset.id === next.recent));
  }
  complain('');
}

function chooseFile(file) {
  if (file) {
    choose({ file }, file.name, URL.createObjectURL(file));
  }
}

image.addEventListener('change', () => chooseFile(image.files[0]));
drop.addEventListener('dragover', event => { event.preventDefault(); drop.classList.add('over'); });
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', event => {
  event.preventDefault();
  drop.classList.remove('over');
  chooseFile(event.dataTransfer.files[0]);
});
document.addEventListener('paste', event => chooseFile(event.clipboardData.files[0]));

function fields() {
  const data = {
    methods: chosenMethods(form).join(','),
    options: JSON.stringify(chosenOptions(form)),
    target: target.value === '' ? 'predicted' : other.value === '' ? target.value : `${target.value}-${other.value}`,
    faithfulness: [...form.querySelectorAll('[name=faithfulness]:checked')].map(box => box.value).join(',') || 'none',
    picture: document.getElementById('picture').value,
    scale: document.getElementById('scale').value,
  };
  const sign = document.getElementById('sign').value;
  const model = document.getElementById('by-model').value.trim();
  return { ...data, ...(sign && { sign }), ...(model && { model }) };
}

function post(subject, fields, accept) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    body.append(name, value);
  }
  if (subject.file) {
    body.append('image', subject.file);
  } else {
    body.append('recent', subject.recent);
  }
  return fetch('/explanations', { method: 'POST', body, headers: { accept } }).catch(() => {
    throw new Error('The service does not answer, or the file has changed since it was chosen.');
  });
}

function shellCommand(subject, fields) {
  const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = Object.entries(fields).map(([name, value]) => ` \\\n  --form-string ${quoted(`${name}=${value}`)}`);
  const source = subject.file ? quoted(`image=@${subject.file.name}`) : quoted(`recent=${subject.recent}`);
  return `curl -F ${source}${parts.join('')} \\\n  -H 'accept: image/png' -o panel.png ${location.origin}/explanations`;
}

function say(paragraph, text) {
  paragraph.textContent = text;
  paragraph.hidden = text === '';
}

const complain = text => say(problem, text);

async function busy(what, work) {
  complain('');
  say(progress, what);
  explain.disabled = downloadMaps.disabled = true;
  try {
    await work();
  } catch (e) {
    complain(e.message);
  } finally {
    say(progress, '');
    explain.disabled = downloadMaps.disabled = false;
  }
}

form.addEventListener('submit', event => {
  event.preventDefault();
  if (!subject) {
    complain('Choose an image first.');
    image.focus();
    return;
  }
  if (chosenMethods(form).length === 0) {
    complain('Choose at least one method.');
    return;
  }
  const asked = { subject, fields: fields() };
  busy('Explaining …', async () => {
    const response = await post(asked.subject, { ...asked.fields, panel: 'true' }, 'application/json');
    if (!response.ok) {
      throw new Error(await problemOf(response));
    }
    showAnswer(await response.json(), shellCommand(asked.subject, asked.fields));
    shown = asked;
    document.getElementById('answer').focus();
  });
});

downloadMaps.addEventListener('click', () => busy('Fetching the maps …', async () => {
  const response = await post(shown.subject, shown.fields, 'application/x-npy');
  if (!response.ok) {
    throw new Error(await problemOf(response));
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition'))[1];
  save(await response.blob(), name);
}));

target.addEventListener('change', () => {
  other.disabled = target.value === '';
  if (other.disabled || other.value === target.value) {
    other.value = '';
  }
  for (const option of other.options) {
    option.disabled = option.value !== '' && option.value === target.value;
  }
});

async function showModel() {
  const notice = document.getElementById('model');
  try {
    const response = await fetch('/explanations/model');
    const answer = await response.json();
    notice.className = response.ok ? 'notice good' : 'notice';
    notice.textContent = response.ok ? `Model ${answer.modelId} serves.` : answer.detail;
    if (response.ok && target.dataset.model !== answer.modelId) {
      target.dataset.model = answer.modelId;
      showClasses(answer.classes);
    }
  } catch (e) {
    notice.className = 'notice bad';
    notice.textContent = 'The service does not answer.';
  }
}

function showClasses(classes) {
  for (const select of [target, other]) {
    const before = select.value;
    select.replaceChildren(select.options[0], ...classes.map(name => element('option', { value: name, textContent: name })));
    select.value = classes.includes(before) ? before : '';
  }
}

async function showRecent() {
  const requests = await fetch('/recent').then(response => response.json()).catch(() => []);
  const list = document.getElementById('recent-list');
  if (list.dataset.shown !== JSON.stringify(requests) && !list.contains(document.activeElement)) {
    list.dataset.shown = JSON.stringify(requests);
    list.replaceChildren(...requests.map(request => element('li', {}, thumbnail(request))));
    document.getElementById('recent').hidden = requests.length === 0;
  }
}

function thumbnail(request) {
  const name = request.filename ?? request.id;
  const label = `${name}: ${request.className}, ${percent(request.probability)}`;
  const source = `/recent/${encodeURIComponent(request.id)}/image`;
  const button = element('button', { type: 'button', title: label },
    element('img', { src: source, alt: label, loading: 'lazy' }));
  button.dataset.id = request.id;
  button.setAttribute('aria-pressed', String(subject?.recent === request.id));
  button.addEventListener('click', () => {
    image.value = '';
    choose({ recent: request.id }, label, source);
  });
  return button;
}

async function keepUp() {
  if (!document.hidden) {
    await Promise.all([showModel(), showRecent()]);
  }
  setTimeout(keepUp, INTERVAL);
}

fetch('/explanations/methods')
  .then(response => response.json())
  .then(methods => showMethods(document.getElementById('methods'), methods))
  .catch(() => complain('The service does not say which methods there are; load the page again.'));
keepUp();
