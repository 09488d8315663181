import type { Choices } from './choices.ts';
import { evaluateTest } from './evaluate-test.ts';
import type { Expander } from './expander.ts';
import { plainText, unknownText, type ShellText, type Source } from './shell-text.ts';
import { agreed, type Variable, type Variables } from './shell-variables.ts';
import { skipPair } from './skip.ts';

/** A command as it would be run, with the assignments in front of it. */
export interface ShellCommand {
  readonly environment: ReadonlyMap<string, ShellText>;
  readonly words: readonly ShellText[];
}

const declaring = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);
const assignment = /([A-Za-z_]\w*)(?:\[[^\]\n]*\])?(\+?)=/y;

interface HereDocument {
  readonly delimiter: string;
  readonly literal: boolean;
  /** What is done with it: `read` fills a variable, a shell runs it. */
  use: { readonly variable: string } | 'run' | null;
}

/** One pass over one source. */
export class ShellPass {
  readonly #source: Source;
  readonly #text: string;
  readonly #expander: Expander;
  readonly #choices: Choices;
  readonly #variables: Variables;
  readonly #take: (command: ShellCommand) => void;
  readonly #run: (script: ShellText) => void;
  #at = 0;
  #words: ShellText[] = [];
  #environment = new Map<string, ShellText>();
  #hereDocuments: HereDocument[] = [];
  /** Whether the last command succeeded; null where nobody knows. */
  #outcome: boolean | null = null;
  /** The command follows `&&` or `||`: it may not run. */
  #conditional = false;
  /** Each `case` that is read: its subject. */
  readonly #cases: string[] = [];
  readonly #loops: boolean[] = [];

  constructor(
    source: Source,
    expander: Expander,
    choices: Choices,
    variables: Variables,
    take: (command: ShellCommand) => void,
    run: (script: ShellText) => void,
  ) {
    this.#source = source;
    this.#text = source.text;
    this.#expander = expander;
    this.#choices = choices;
    this.#variables = variables;
    this.#take = take;
    this.#run = run;
  }

  run(): void {
    while (this.#at < this.#text.length) this.#step();
    this.#finish();
  }

  #step(): void {
    const text = this.#text;
    const character = text[this.#at] ?? '';
    const two = text.slice(this.#at, this.#at + 2);
    if (character === '\n') {
      this.#at += 1;
      this.#finish();
      this.#conditional = false;
      this.#readHereDocuments();
    } else if (/\s/.test(character)) this.#at += 1;
    else if (two === '\\\n' || text.startsWith('\\\r\n', this.#at)) this.#at += two === '\\\n' ? 2 : 3;
    else if (character === '#') this.#at = lineEnd(text, this.#at);
    else if (two === '&&' || two === '||') {
      this.#at += 2;
      this.#finish();
      this.#conditional = true;
    } else if (two === '&>') this.#at += 1;
    else if (two === ';;') {
      this.#at += 2;
      this.#finish();
      this.#startCaseBranch();
    } else if (/[;|&()]/.test(character)) {
      if (two === '((' && this.#words.length === 0) this.#at = skipPair(text, this.#at);
      else this.#at += 1;
      this.#finish();
      this.#conditional = false;
    } else if (character === '<' || character === '>') this.#redirect();
    else if (this.#words.length === 0 && this.#environmentOrKeyword()) return;
    else if (declaring.has(this.#command) && this.#assignment()) return;
    else this.#word();
  }

  get #command(): string {
    return this.#words[0] === undefined ? '' : plainText(this.#words[0]);
  }

  #word(): void {
    const { fields, end } = this.#expander.word(this.#source, this.#at);
    // A number in front of a redirection is a file descriptor.
    const isDescriptor = /[<>]/.test(this.#text[end] ?? '') && /^\d$/.test(this.#text.slice(this.#at, end));
    if (!isDescriptor) for (const field of fields) this.#words.push(field);
    this.#at = Math.max(end, this.#at + 1);
  }

  #environmentOrKeyword(): boolean {
    if (this.#assignment()) return true;
    if (this.#text.startsWith('[[', this.#at)) {
      this.#doubleBracket();
      return true;
    }
    const keyword =
      /(?:if|then|elif|else|fi|while|until|for|select|do|done|case|esac|function|time|[!{}])(?=[\s;&|()]|$)/y;
    keyword.lastIndex = this.#at;
    const word = keyword.exec(this.#text)?.[0];
    if (word === undefined) return this.#functionHead();
    this.#at += word.length;
    this.#keyword(word);
    return true;
  }

  /** `name() {` */
  #functionHead(): boolean {
    const head = /[\w.-]{1,200}[ \t]*\(\)/y;
    head.lastIndex = this.#at;
    const match = head.exec(this.#text)?.[0];
    this.#at += match?.length ?? 0;
    return match !== undefined;
  }

  #keyword(word: string): void {
    const choices = this.#choices;
    if (word === 'if') choices.start();
    else if (word === 'then') choices.branch(this.#outcome);
    else if (word === 'elif') choices.endBranch();
    else if (word === 'else') choices.otherwise();
    else if (word === 'fi') choices.end();
    else if (word === 'while' || word === 'until') {
      choices.start(true);
      this.#loops.push(true);
    } else if (word === 'do' && this.#loops.at(-1) === true) choices.branch(null);
    else if (word === 'done' && this.#loops.pop() === true) choices.end();
    else if (word === 'for' || word === 'select') this.#loopHead();
    else if (word === 'case') this.#caseHead();
    else if (word === 'esac') {
      this.#cases.pop();
      choices.end();
    } else if (word === 'function') this.#at = lineEndOr(this.#text, this.#at, '{');
    this.#outcome = null;
  }

  /** `for x in a b c`: the variable is known where there is one word only. */
  #loopHead(): void {
    this.#loops.push(false);
    const head = /\s+([A-Za-z_]\w*)\s+in\b/y;
    head.lastIndex = this.#at;
    const match = head.exec(this.#text);
    if (match === null) {
      this.#at = lineEndOr(this.#text, this.#at, ';');
      return;
    }
    this.#at += match[0].length;
    const items = this.#wordsOfLine();
    this.#assign(match[1] ?? '', agreed(items.map((item) => ({ text: item }))));
  }

  /** Words up to the end of the command. */
  #wordsOfLine(): ShellText[] {
    const items: ShellText[] = [];
    while (this.#at < this.#text.length && !/[\n;]/.test(this.#text[this.#at] ?? '')) {
      if (/[\s&|<>()]/.test(this.#text[this.#at] ?? '')) {
        this.#at += 1;
        continue;
      }
      const { fields, end } = this.#expander.word(this.#source, this.#at);
      for (const field of fields) items.push(field);
      this.#at = Math.max(end, this.#at + 1);
    }
    return items;
  }

  #caseHead(): void {
    const head = /[ \t]+/y;
    head.lastIndex = this.#at;
    this.#at += head.exec(this.#text)?.[0].length ?? 0;
    const { text, end } = this.#expander.value(this.#source, this.#at);
    this.#at = end;
    const within = /\s+in\b/y;
    within.lastIndex = end;
    this.#at += within.exec(this.#text)?.[0].length ?? 0;
    this.#cases.push(plainText(text));
    this.#choices.start();
    this.#startCaseBranch();
  }

  /** `a|b)`, or the end of the case. */
  #startCaseBranch(): void {
    const subject = this.#cases.at(-1);
    if (subject === undefined) return;
    this.#choices.endBranch();
    const head = /(?:\s|#[^\n]*\n)*(?!esac\b)\(?([^)\n]{1,1000})\)/y;
    head.lastIndex = this.#at;
    const match = head.exec(this.#text);
    if (match === null) return;
    this.#at += match[0].length;
    const patterns = (match[1] ?? '').split('|').map((pattern) => pattern.trim().replace(/^(["'])(.*)\1$/, '$2'));
    if (patterns.includes('*')) this.#choices.otherwise();
    else if (subject.includes(unknownText)) this.#choices.branch(null);
    else if (patterns.includes(subject)) this.#choices.branch(true);
    else this.#choices.branch(patterns.some((pattern) => /[*?[$]/.test(pattern)) ? null : false);
  }

  #doubleBracket(): void {
    this.#at += 2;
    const words: string[] = [];
    let isCompound = false;
    while (this.#at < this.#text.length && !this.#text.startsWith(']]', this.#at)) {
      const character = this.#text[this.#at] ?? '';
      if (/[\s;&|<>()]/.test(character)) {
        isCompound ||= !/\s/.test(character);
        this.#at += 1;
        continue;
      }
      const { text, end } = this.#expander.value(this.#source, this.#at);
      words.push(plainText(text));
      this.#at = Math.max(end, this.#at + 1);
    }
    this.#at += 2;
    this.#outcome = isCompound ? null : evaluateTest(words);
  }

  /** `NAME=value` or `NAME=( … )`; false where there is none. */
  #assignment(): boolean {
    assignment.lastIndex = this.#at;
    const match = assignment.exec(this.#text);
    if (match === null) return false;
    const [matched, name = '', append] = match;
    this.#at += matched.length;
    const value: Variable = this.#text[this.#at] === '(' ? { items: this.#arrayItems() } : this.#valueHere();
    const isItem = matched.includes('[');
    const before = append === '+' ? this.#variables.get(name) : undefined;
    if (isItem) return true;
    const appended = before === undefined ? value : concatenated(before, value);
    if (this.#followedByCommand() && 'text' in appended) this.#environment.set(name, appended.text);
    else this.#assign(name, appended);
    return true;
  }

  #valueHere(): Variable {
    const { text, end } = this.#expander.value(this.#source, this.#at);
    this.#at = end;
    return { text };
  }

  /** Whether a command stands behind the assignment, on the same line. */
  #followedByCommand(): boolean {
    if (this.#words.length > 0) return false;
    const rest = /(?:[ \t]|\\\r?\n)+(?![\s;&|#<>]|$)/y;
    rest.lastIndex = this.#at;
    return rest.test(this.#text);
  }

  #arrayItems(): ShellText[] {
    const items: ShellText[] = [];
    this.#at += 1;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      const character = this.#text[this.#at] ?? '';
      if (character === '#') this.#at = lineEnd(this.#text, this.#at);
      else if (/[\s;&|<>(]/.test(character)) this.#at += 1;
      else {
        const { fields, end } = this.#expander.word(this.#source, this.#at);
        for (const field of fields) items.push(field);
        this.#at = Math.max(end, this.#at + 1);
      }
    }
    this.#at += 1;
    return items;
  }

  #assign(name: string, value: Variable): void {
    if (this.#choices.skipping) return;
    const before = this.#variables.get(name);
    this.#variables.assign(name, this.#conditional && before !== undefined ? agreed([before, value]) : value);
  }

  #redirect(): void {
    const operator = /<<<|<<-?|<\(|>\(|[<>]+[&|]?/y;
    operator.lastIndex = this.#at;
    const written = operator.exec(this.#text)?.[0] ?? '<';
    if (written.endsWith('(')) {
      this.#at = skipPair(this.#text, this.#at + 1);
      return;
    }
    const blanks = /[ \t]*/y;
    blanks.lastIndex = this.#at + written.length;
    const start = blanks.lastIndex + (blanks.exec(this.#text)?.[0].length ?? 0);
    // `--load <PATH> \` stands in templates, where the next line is no file.
    if (this.#text.startsWith('--', start) || this.#text[start] === '\n' || this.#text[start] === '\\') {
      this.#at = start;
      return;
    }
    const { text, end } = this.#expander.value(this.#source, start);
    if (written === '<<' || written === '<<-') {
      const literal = /['"\\]/.test(this.#text.slice(start, end));
      this.#hereDocuments.push({ delimiter: plainText(text), literal, use: null });
    }
    this.#at = Math.max(end, this.#at + 1);
  }

  #readHereDocuments(): void {
    for (const { delimiter, literal, use } of this.#hereDocuments.splice(0)) {
      const start = this.#at;
      let end = start;
      while (this.#at < this.#text.length) {
        const next = lineEnd(this.#text, this.#at);
        end = this.#at;
        const line = this.#text.slice(this.#at, next).trim();
        this.#at = next + 1;
        if (line === delimiter) break;
        end = this.#at;
      }
      if (use === null || this.#choices.skipping) continue;
      const body = this.#bodyOf(start, end, literal);
      if (use === 'run') this.#run(body);
      else this.#assign(use.variable, { text: body });
    }
  }

  #bodyOf(start: number, end: number, literal: boolean): ShellText {
    const text = this.#text.slice(start, end);
    if (literal) return [{ text, offset: this.#source.offsetAt(start) }];
    return this.#expander.quotedText({ text, offsetAt: (index) => this.#source.offsetAt(start + index) });
  }

  #finish(): void {
    const words = this.#words;
    const environment = this.#environment;
    if (words.length === 0 && environment.size === 0) return;
    this.#words = [];
    this.#environment = new Map();
    for (const [name, text] of words.length === 0 ? environment : []) this.#assign(name, { text });
    const texts = words.map(plainText);
    const pending = this.#hereDocuments.at(-1);
    if (texts[0] === 'read' && pending !== undefined) pending.use = { variable: texts.at(-1) ?? '' };
    if (/^(?:sbatch|(?:ba)?sh)$/.test(texts[0] ?? '') && pending !== undefined) pending.use = 'run';
    this.#outcome = outcomeOf(texts);
    if (words.length > 0 && !this.#choices.skipping) this.#take({ environment, words });
  }
}

function concatenated(before: Variable, value: Variable): Variable {
  if ('text' in before && 'text' in value) return { text: [...before.text, ...value.text] };
  const itemsOf = (variable: Variable): readonly ShellText[] => ('text' in variable ? [variable.text] : variable.items);
  return { items: [...itemsOf(before), ...itemsOf(value)] };
}

function outcomeOf(words: readonly string[]): boolean | null {
  if (words[0] === '[' && words.at(-1) === ']') return evaluateTest(words.slice(1, -1));
  if (words[0] === 'test') return evaluateTest(words.slice(1));
  return words[0] === 'true' ? true : words[0] === 'false' ? false : null;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** The next `character` of the line, or its end. */
function lineEndOr(text: string, at: number, character: string): number {
  const end = lineEnd(text, at);
  const found = text.slice(at, end).indexOf(character);
  return found === -1 ? end : at + found;
}
