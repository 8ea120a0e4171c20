// Makes the form's methods and their options of what GET /explanations/methods says, and reads back what was set. The
// server stays the only place that knows which methods there are.
const CHECKED_AT_FIRST = ['saliency', 'smoothgrad', 'occlusion'];

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function showMethods(fieldset, methods) {
  for (const method of methods) {
    const box = element('input', {
      type: 'checkbox', name: 'method', value: method.name, checked: CHECKED_AT_FIRST.includes(method.name),
    });
    const title = element('label', {}, box, ` ${method.title}`);
    if (method.slow) {
      title.append(' ', element('span', { className: 'quiet', textContent: '(slower)' }));
    }
    const entry = element('div', { className: 'method' }, title,
      element('p', { className: 'quiet', textContent: method.explanation }));
    if (method.options.length > 0) {
      entry.append(element('details', {}, element('summary', { textContent: `Options of ${method.title}` }),
        ...method.options.map(option => showOption(method, option))));
    }
    fieldset.append(entry);
  }
}

function showOption(method, option) {
  const id = `${method.name}.${option.name}`;
  const input = inputFor(option);
  Object.assign(input, { id, name: 'option' });
  Object.assign(input.dataset, { method: method.name, option: option.name, type: option.type });
  input.setAttribute('aria-describedby', `${id}-help`);
  return element('div', { className: 'option' },
    element('label', { htmlFor: id, textContent: option.name }), input,
    element('small', { id: `${id}-help`, textContent: `${option.help} (${option.range})` }));
}

function inputFor(option) {
  const values = option.type === 'boolean' ? ['true', 'false'] : option.choices;
  if (values && values.length > 0) {
    const select = element('select', {}, element('option', { value: '', textContent: `${option.defaultValue} (default)` }));
    select.append(...values.map(value => element('option', { value, textContent: value })));
    return select;
  }
  const placeholder = option.defaultValue === null ? 'by size' : [option.defaultValue].flat().join(', ');
  return element('input', { type: 'text', autocomplete: 'off', placeholder });
}

export function chosenMethods(form) {
  return [...form.querySelectorAll('[name=method]:checked')].map(box => box.value);
}

/** What was set for the chosen methods, as the parameter "options" has it; what was left alone is left out. */
export function chosenOptions(form) {
  const options = {};
  for (const input of form.querySelectorAll('[name=option]')) {
    const { method, option, type } = input.dataset;
    const text = input.value.trim();
    if (text !== '' && chosenMethods(form).includes(method)) {
      (options[method] ??= {})[option] = valueOf(type, text);
    }
  }
  return options;
}

/** What is no number is sent as it is: the server says what is allowed. */
function valueOf(type, text) {
  const number = part => (part.trim() === '' || isNaN(part) ? part.trim() : Number(part));
  switch (type) {
    case 'boolean': return text === 'true';
    case 'choice': return text;
    case 'steps': return text.split(/[,x×]/).map(number);
    default: return text.includes(',') ? text.split(',').map(number) : number(text);
  }
}
