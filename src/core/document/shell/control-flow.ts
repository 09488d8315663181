import { AppendList } from './append-list.ts';
import type { Choices } from './choices.ts';
import type { ShellCursor } from './shell-cursor.ts';
import { plainText, unknownText, type ShellText } from './shell-text.ts';
import type { Variable } from './shell-variable.ts';
import { agreed } from './shell-variables.ts';

const keyword = /(?:if|then|elif|else|fi|while|until|for|select|do|done|case|esac|function|time|[!{}])(?=[\s;&|()]|$)/y;

/** Follows a script through `if`, `case` and loops, and tells the choices which branch is read. */
export class ControlFlow {
  readonly #cursor: ShellCursor;
  readonly #choices: Choices;
  readonly #assign: (name: string, value: Variable) => void;
  /** Each `case` that is read: its subject. */
  readonly #cases: string[] = [];
  /** Each loop that is read: whether it has a condition. */
  readonly #loops: boolean[] = [];

  constructor(cursor: ShellCursor, choices: Choices, assign: (name: string, value: Variable) => void) {
    this.#cursor = cursor;
    this.#choices = choices;
    this.#assign = assign;
  }

  /** Reads over a keyword and what belongs to it, given whether the command before it succeeded; false where none stands here. */
  takeKeyword(outcome: boolean | null): boolean {
    const word = this.#cursor.take(keyword)?.[0];
    if (word === undefined) return false;
    const choices = this.#choices;
    if (word === 'if') choices.start();
    else if (word === 'then') choices.branch(outcome);
    else if (word === 'elif') choices.endBranch();
    else if (word === 'else') choices.otherwise();
    else if (word === 'fi') choices.end();
    else if (word === 'while' || word === 'until') {
      choices.start(true);
      this.#loops.push(true);
    } else if (word === 'do' && this.#loops.at(-1) === true) choices.branch(null);
    else if (word === 'done' && this.#loops.pop() === true) choices.end();
    else if (word === 'for' || word === 'select') this.#takeLoopHead();
    else if (word === 'case') this.#takeCaseHead();
    else if (word === 'esac') {
      this.#cases.pop();
      choices.end();
    } else if (word === 'function') this.#cursor.skipTo('{');
    return true;
  }

  /** Reads over `a|b)`, with which a branch of the innermost case starts. */
  takeCaseBranch(): void {
    const subject = this.#cases.at(-1);
    if (subject === undefined) return;
    this.#choices.endBranch();
    const match = this.#cursor.take(/(?:\s|#[^\n]*\n)*(?!esac\b)\(?([^)\n]{1,1000})\)/y);
    if (match === null) return;
    const patterns = (match[1] ?? '').split('|').map((pattern) => pattern.trim().replace(/^(["'])(.*)\1$/, '$2'));
    if (patterns.includes('*')) this.#choices.otherwise();
    else if (subject.includes(unknownText)) this.#choices.branch(null);
    else if (patterns.includes(subject)) this.#choices.branch(true);
    else this.#choices.branch(patterns.some((pattern) => /[*?[$]/.test(pattern)) ? null : false);
  }

  /** `for x in a b c`: the variable is known where there is one word only. */
  #takeLoopHead(): void {
    this.#loops.push(false);
    const match = this.#cursor.take(/\s+([A-Za-z_]\w*)\s+in\b/y);
    if (match === null) {
      this.#cursor.skipTo(';');
      return;
    }
    const items = this.#wordsOfCommand();
    this.#assign(match[1] ?? '', agreed(items.map((item) => ({ text: AppendList.of(item) }))));
  }

  #takeCaseHead(): void {
    this.#cursor.take(/[ \t]+/y);
    const subject = this.#cursor.value();
    this.#cursor.take(/\s+in\b/y);
    this.#cases.push(plainText(subject));
    this.#choices.start();
    this.takeCaseBranch();
  }

  #wordsOfCommand(): ShellText[] {
    const cursor = this.#cursor;
    const items: ShellText[] = [];
    while (!cursor.isAtEnd && !/[\n;]/.test(cursor.character)) {
      if (/[\s&|<>()]/.test(cursor.character)) cursor.at += 1;
      else for (const field of cursor.word()) items.push(field);
    }
    return items;
  }
}
