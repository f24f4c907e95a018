// The page: an editor, the examples, and what a program prints and draws.
import { isolationProblem, loadSkein } from './skein.js';
import { canvasOf } from './picture.js';

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
const scroll = element('scroll');
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
  const atEnd = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - 4;
  const lines = waiting.map(({ line, kind }) => {
    const span = document.createElement('span');
    if (kind) span.className = kind;
    span.textContent = `${line}\n`;
    return span;
  });
  waiting = [];
  output.append(...lines);
  while (output.childElementCount > maxShownLines) output.firstElementChild.remove();
  if (atEnd) scroll.scrollTop = scroll.scrollHeight;
}

function clear() {
  waiting = [];
  output.replaceChildren();
  element('pictures').replaceChildren();
}

// Shows the pictures that the program has written, and removes them from its file system.
function showPictures() {
  for (const name of skein.fileNames().filter((name) => name.endsWith('.ppm'))) {
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    caption.textContent = name;
    figure.append(canvasOf(skein.readFile(name)), caption);
    element('pictures').append(figure);
    skein.removeFile(name);
  }
}

// --- Running ---

const loadEngine = () => loadSkein({ print: (line) => print(line), printErr: (line) => print(line, 'error') });

const countOf = (threads) => `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(2)} s`;

function showEnd({ code, threads }, start) {
  const figures = ` · ${countOf(threads)}`;
  if (code === 0) showState(`Finished in ${secondsSince(start)}${figures}`, 'good');
  else if (code === skein.constructor.kExitTerminated) showState(`Stopped after ${secondsSince(start)}${figures}`, 'bad');
  else showState(`Exit code ${code} after ${secondsSince(start)}${figures}`, 'bad');
}

async function run() {
  if (skein === undefined || runButton.disabled) return;
  clear();
  runButton.disabled = true;
  stopButton.disabled = false;
  const start = performance.now();
  const showProgress = () => showState(`Running · ${secondsSince(start)} · ${countOf(Math.max(1, skein.threads))}`);
  const progress = setInterval(showProgress, 100);
  showProgress();
  try {
    const concurrency = Number(element('threads').value);
    const end = await skein.run(editor.value, { name: current.name, files, concurrency });
    flush();
    showPictures();
    showEnd(end, start);
  } catch (error) {
    clearInterval(progress);
    print(error.message, 'error');
    flush();
    showState(`Failed after ${secondsSince(start)}`, 'bad');
    if (!skein.isAlive) skein = await loadEngine();
  } finally {
    clearInterval(progress);
    runButton.disabled = false;
    stopButton.disabled = true;
  }
}

// How many threads programs are told to use: by default one for each processor.
function offerThreads() {
  const processors = navigator.hardwareConcurrency;
  const counts = new Set([1, 2, 3, 4, 6, 8, processors]);
  for (const count of [...counts].sort((a, b) => a - b))
    element('threads').append(new Option(String(count), String(count), false, count === processors));
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

function titleOf(name) {
  const words = name.replace(/\.m?js$/, '').replaceAll('_', ' ');
  return words[0].toUpperCase() + words.slice(1);
}

function listExample(example) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.name = example.name;
  button.append(titleOf(example.name));
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
  if (examples.length > 0 && current === welcome && editor.value === welcome.text)
    open(examples.find(({ name }) => name.startsWith('hello')) ?? examples[0]);
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
offerThreads();
open(welcome);
loadExamples().catch((error) => showProblem(`The examples could not be loaded: ${error.message}`));
if (problem !== undefined) {
  showProblem(problem);
  showState('The engine cannot run here', 'bad');
} else {
  try {
    skein = await loadEngine();
    runButton.disabled = false;
    showState(`Ready · version ${skein.version}`);
  } catch (error) {
    showProblem(`The engine could not be loaded: ${error.message}`);
    showState('Not loaded', 'bad');
  }
}
