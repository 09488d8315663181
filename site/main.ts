// The page: a form, and the core's answer to it. No network, no cookies, no storage.
import { gpus } from '../src/core/catalog/gpus/index.ts';
import { models } from '../src/core/catalog/models/index.ts';
import { style } from '../src/core/report/outputs/html/style.ts';
import { answerTo } from './answer.ts';
import { formStyle } from './form-style.ts';
import { fromHash, powerOfTwo, toHash, type RunState } from './run-state.ts';

const form = element('form', HTMLFormElement);
const result = element('result', HTMLElement);

document.head.append(Object.assign(document.createElement('style'), { textContent: style + formStyle }));
element('models', HTMLElement).append(...models.flatMap(({ ids: [id] }) => (id === undefined ? [] : [option(id)])));
field('gpu').append(...gpus.map(({ name }) => option(name)));

show(fromHash(location.hash));
answer();
form.addEventListener('input', answer);
form.addEventListener('submit', (event) => {
  event.preventDefault();
});
addEventListener('hashchange', () => {
  show(fromHash(location.hash));
  answer();
});
element('share', HTMLButtonElement).addEventListener('click', () => {
  navigator.clipboard.writeText(location.href).then(
    () => (element('shared', HTMLElement).textContent = 'Copied.'),
    () => (element('shared', HTMLElement).textContent = 'Copy the address of this page.'),
  );
});

function answer(): void {
  const state = Object.fromEntries(new FormData(form)) as RunState;
  history.replaceState(null, '', `#${toHash(state)}`);
  tellSlider('sequence', powerOfTwo(state.sequence).toLocaleString('en-US'));
  tellSlider('batch', state.batch);
  tellSlider('count', powerOfTwo(state.count).toLocaleString('en-US'));
  // Everything in it that somebody wrote has passed through htmlText
  result.innerHTML = answerTo(state);
}

/** A slider's number is beside it for everybody, and read out instead of its exponent. */
function tellSlider(name: keyof RunState, text: string): void {
  const slider = field(name);
  slider.setAttribute('aria-valuetext', text);
  if (slider.nextElementSibling !== null) slider.nextElementSibling.textContent = text;
}

function show(state: RunState): void {
  for (const [name, value] of Object.entries(state)) field(name as keyof RunState).value = value;
  if (state.text !== '') element('pasted', HTMLDetailsElement).open = true;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function field(name: keyof RunState): Field {
  return form.elements.namedItem(name) as Field;
}

function option(value: string): HTMLOptionElement {
  return Object.assign(document.createElement('option'), { value, textContent: value });
}

function element<Kind extends HTMLElement>(id: string, kind: abstract new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} #${id}`);
  return found;
}
