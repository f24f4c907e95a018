// The page: an editor, the examples, and what a program prints.
import { isolationProblem, loadSkein } from './skein.js';

const element = (id) => document.getElementById(id);
const editor = element('editor');
const runButton = element('run');
const stopButton = element('stop');

const welcome = { name: 'program.js', text: "console.log('Hello from Skein');\n" };
const maxShownLines = 5000;

let skein;
let current = welcome;
let files = {};  // the examples, which may import each other and start each other as workers

function showState(text, kind = '') {
  element('state').textContent = text;
  element('state').className = `state ${kind}`;
}

function showProblem(text) {
  element('problem').textContent = text;
  element('problem').hidden = false;
}

// --- Output: gathered, and shown once per frame, however fast it comes ---

const output = element('output');
let waiting = [];
let frame = 0;

function print(line, kind) {
  waiting.push({ line, kind });
  if (waiting.length > maxShownLines) waiting.shift();
  frame ||= requestAnimationFrame(flush);
}

function flush() {
  cancelAnimationFrame(frame);
  frame = 0;
  const atEnd = output.scrollTop + output.clientHeight >= output.scrollHeight - 4;
  const lines = waiting.map(({ line, kind }) => {
    const span = document.createElement('span');
    if (kind) span.className = kind;
    span.textContent = `${line}\n`;
    return span;
  });
  waiting = [];
  output.append(...lines);
  while (output.childElementCount > maxShownLines) output.firstElementChild.remove();
  if (atEnd) output.scrollTop = output.scrollHeight;
}

function clear() {
  waiting = [];
  output.replaceChildren();
}

// --- Running ---

async function run() {
  if (skein === undefined || runButton.disabled) return;
  clear();
  runButton.disabled = true;
  stopButton.disabled = false;
  showState('Running …');
  const start = performance.now();
  try {
    const code = await skein.run(editor.value, { name: current.name, files });
    const seconds = ((performance.now() - start) / 1000).toFixed(2);
    if (code === 0) showState(`Finished in ${seconds} s`, 'good');
    else if (code === skein.constructor.kExitTerminated) showState(`Stopped after ${seconds} s`, 'bad');
    else showState(`Exit code ${code} after ${seconds} s`, 'bad');
  } catch (error) {
    showState('Failed', 'bad');
    print(String(error), 'error');
  }
  flush();
  runButton.disabled = false;
  stopButton.disabled = true;
}

// --- Examples ---

function open(example) {
  current = example;
  editor.value = example.text;
  editor.scrollTop = 0;
  element('name').textContent = example.name;
  for (const button of element('examples').querySelectorAll('button'))
    button.setAttribute('aria-current', String(button.dataset.name === example.name));
}

// An example's first comment says what it shows.
function summary(text) {
  return /^\/\/\s*([^:.\n]+)/.exec(text)?.[1] ?? '';
}

function listExample(example) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.name = example.name;
  button.append(example.name.replace(/\.m?js$/, ''));
  const small = document.createElement('small');
  small.textContent = summary(example.text);
  button.append(small);
  button.addEventListener('click', () => open(example));
  const item = document.createElement('li');
  item.append(button);
  element('examples').append(item);
}

async function loadExamples() {
  const get = async (path) => {
    const response = await fetch(path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response;
  };
  const names = await (await get('examples/index.json')).json();
  const examples = await Promise.all(
    names.map(async (name) => ({ name, text: await (await get(`examples/${name}`)).text() })));
  for (const { name, text } of examples) files[name] = text;
  examples.forEach(listExample);
  if (examples.length > 0 && current === welcome && editor.value === welcome.text) open(examples[0]);
}

// --- Start ---

runButton.addEventListener('click', run);
stopButton.addEventListener('click', () => skein.stop());
element('clear').addEventListener('click', clear);
editor.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});

const problem = isolationProblem();
element('isolation').textContent = problem === undefined ? 'cross-origin isolated' : 'not isolated';
element('isolation').classList.add(problem === undefined ? 'good' : 'bad');
open(welcome);
loadExamples().catch((error) => showProblem(`The examples could not be loaded: ${error.message}`));
if (problem !== undefined) {
  showProblem(problem);
  showState('The engine cannot run here', 'bad');
} else {
  try {
    skein = await loadSkein({ print: (line) => print(line), printErr: (line) => print(line, 'error') });
    runButton.disabled = false;
    showState(`Ready · version ${skein.version}`);
  } catch (error) {
    showProblem(`The engine could not be loaded: ${error.message}`);
    showState('Not loaded', 'bad');
  }
}
