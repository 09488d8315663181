import { AppendList } from './append-list.ts';
import { takeAssignment } from './assignment.ts';
import type { Choices } from './choices.ts';
import { ControlFlow } from './control-flow.ts';
import { takeDoubleBracket } from './double-bracket.ts';
import { outcomeOf } from './evaluate-test.ts';
import type { Expander } from './expander.ts';
import { HereDocuments } from './here-documents.ts';
import { takeRedirection } from './redirection.ts';
import { ShellCursor } from './shell-cursor.ts';
import { plainText, type ShellText, type Source } from './shell-text.ts';
import type { Variable } from './shell-variable.ts';
import { agreed, type Variables } from './shell-variables.ts';
import { skipPair } from './skip.ts';

/** A command as it would be run, with the assignments in front of it. */
export interface ShellCommand {
  readonly environment: ReadonlyMap<string, ShellText>;
  readonly words: readonly ShellText[];
}

const declaring = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);
const lineContinuation = /\\\r?\n/y;
const chained = /&&|\|\|/y;
/** What stands behind an assignment where a command follows on the same line. */
const commandFollows = /(?:[ \t]|\\\r?\n)+(?![\s;&|#<>]|$)/y;
/** `name() {` */
const functionHead = /[\w.-]{1,200}[ \t]*\(\)/y;
/** A number in front of a redirection. */
const fileDescriptor = /\d(?=[<>])/y;

/** One pass over one source, command by command. */
export class ShellPass {
  readonly #cursor: ShellCursor;
  readonly #flow: ControlFlow;
  readonly #hereDocuments: HereDocuments;
  readonly #choices: Choices;
  readonly #variables: Variables;
  readonly #take: (command: ShellCommand) => void;
  readonly #run: (script: ShellText) => void;
  #words: ShellText[] = [];
  #environment = new Map<string, ShellText>();
  /** Whether the last command succeeded; null where nobody knows. */
  #outcome: boolean | null = null;
  /** The command follows `&&` or `||`: it may not run. */
  #conditional = false;

  constructor(
    source: Source,
    expander: Expander,
    choices: Choices,
    variables: Variables,
    take: (command: ShellCommand) => void,
    run: (script: ShellText) => void,
  ) {
    this.#cursor = new ShellCursor(source, expander);
    this.#flow = new ControlFlow(this.#cursor, choices, (name, value) => {
      this.#assign(name, value);
    });
    this.#hereDocuments = new HereDocuments(this.#cursor);
    this.#choices = choices;
    this.#variables = variables;
    this.#take = take;
    this.#run = run;
  }

  run(): void {
    while (!this.#cursor.isAtEnd) this.#step();
    this.#finish();
  }

  #step(): void {
    const cursor = this.#cursor;
    const { character } = cursor;
    if (character === '\n') {
      cursor.at += 1;
      this.#finish();
      this.#conditional = false;
      this.#takeHereDocuments();
    } else if (/\s/.test(character)) cursor.at += 1;
    else if (cursor.take(lineContinuation) !== null) return;
    else if (character === '#') cursor.at = cursor.lineEnd;
    else if (cursor.take(chained) !== null) {
      this.#finish();
      this.#conditional = true;
    } else if (cursor.startsWith('&>')) cursor.at += 1;
    else if (cursor.startsWith(';;')) {
      cursor.at += 2;
      this.#finish();
      this.#flow.takeCaseBranch();
    } else if (/[;|&()]/.test(character)) {
      const isArithmetic = cursor.startsWith('((') && this.#words.length === 0;
      cursor.at = isArithmetic ? skipPair(cursor.text, cursor.at) : cursor.at + 1;
      this.#finish();
      this.#conditional = false;
    } else if (character === '<' || character === '>') {
      const asked = takeRedirection(cursor);
      if (asked !== null) this.#hereDocuments.ask(asked);
    } else if (this.#words.length === 0 && this.#startOfCommand()) return;
    else if (declaring.has(this.#command) && this.#assignment()) return;
    else if (cursor.take(fileDescriptor) === null) for (const field of cursor.word()) this.#words.push(field);
  }

  get #command(): string {
    return this.#words[0] === undefined ? '' : plainText(this.#words[0]);
  }

  /** What stands in front of a command's first word, or in its place; false where it is that word. */
  #startOfCommand(): boolean {
    if (this.#assignment()) return true;
    if (this.#cursor.startsWith('[[')) {
      this.#outcome = takeDoubleBracket(this.#cursor);
      return true;
    }
    if (!this.#flow.takeKeyword(this.#outcome)) return this.#cursor.take(functionHead) !== null;
    this.#outcome = null;
    return true;
  }

  #assignment(): boolean {
    const assignment = takeAssignment(this.#cursor, this.#variables);
    if (assignment === null) return false;
    const { name, value } = assignment;
    if (value === null) return true;
    const isForCommand = this.#words.length === 0 && this.#cursor.sees(commandFollows);
    if (isForCommand && 'text' in value) this.#environment.set(name, value.text.toArray());
    else this.#assign(name, value);
    return true;
  }

  #assign(name: string, value: Variable): void {
    if (this.#choices.skipping) return;
    const before = this.#variables.get(name);
    this.#variables.assign(name, this.#conditional && before !== undefined ? agreed([before, value]) : value);
  }

  #takeHereDocuments(): void {
    this.#hereDocuments.take(
      () => !this.#choices.skipping,
      (use, body) => {
        if (use === 'run') this.#run(body);
        else this.#assign(use.variable, { text: AppendList.of(body) });
      },
    );
  }

  #finish(): void {
    const words = this.#words;
    const environment = this.#environment;
    if (words.length === 0 && environment.size === 0) return;
    this.#words = [];
    this.#environment = new Map();
    for (const [name, text] of words.length === 0 ? environment : []) this.#assign(name, { text: AppendList.of(text) });
    const texts = words.map(plainText);
    this.#hereDocuments.useIn(texts);
    this.#outcome = outcomeOf(texts);
    if (words.length > 0 && !this.#choices.skipping) this.#take({ environment, words });
  }
}
