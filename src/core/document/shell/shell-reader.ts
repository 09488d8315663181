import { Choices } from './choices.ts';
import { Expander } from './expander.ts';
import { Fields } from './fields.ts';
import { ShellPass, type ShellCommand } from './shell-pass.ts';
import { plainText, sourceOf, type ShellText, type Source } from './shell-text.ts';
import { Variables } from './shell-variables.ts';

const maxWords = 50_000;
const maxNesting = 3;

/** Commands that only print: what they are given is never run. */
const printing = new Set(['echo', 'printf', ':']);

/** Reads scripts from top to bottom and collects the commands that they would run, as far as that can be told. */
export class ShellReader {
  readonly variables = new Variables();
  readonly commands: ShellCommand[] = [];
  readonly #expander = new Expander(this.variables);
  readonly #choices = new Choices(this.variables);
  #wordCount = 0;
  #nesting = 0;

  read(source: Source, before: readonly ShellText[] = []): void {
    new ShellPass(
      source,
      this.#expander,
      this.#choices,
      this.variables,
      (command) => {
        this.#take(command, before);
      },
      (script) => {
        this.#readNested(script, before);
      },
    ).run();
  }

  /** Arguments that the script sets, in one or several lists, and never uses: for the script that sources it. */
  unusedArguments(): readonly ShellText[] {
    const all: ShellText[] = [];
    for (const [name, variable] of this.variables.entries()) {
      if (this.#expander.used.has(name)) continue;
      const fields = new Fields();
      fields.addUnquoted('text' in variable ? [variable.text.toArray()] : variable.items.toArray());
      const words = fields.finish();
      this.#wordCount += words.length;
      if (this.#wordCount > maxWords) break;
      if (words.some((word) => word[0]?.text.startsWith('--'))) all.push(...words);
    }
    return all;
  }

  #take({ environment, words }: ShellCommand, before: readonly ShellText[]): void {
    this.#wordCount += before.length + words.length;
    if (this.#wordCount > maxWords) return;
    const texts = words.map(plainText);
    if (printing.has(texts[0] ?? '')) return;
    if (texts[0] === 'eval') {
      this.#readNested(joined(words.slice(1)), before);
      return;
    }
    const shell = texts.findIndex((text) => /^(?:\/\S*\/)?(?:ba|z)?sh$/.test(text));
    const option = shell === -1 ? -1 : texts.findIndex((text, index) => index > shell && /^-[a-z]*c$/.test(text));
    const script = words[option + 1];
    if (option !== -1 && script !== undefined) this.#readNested(script, [...before, ...words.slice(0, shell)]);
    else this.commands.push({ environment, words: [...before, ...words] });
  }

  #readNested(script: ShellText, before: readonly ShellText[]): void {
    if (this.#nesting >= maxNesting) return;
    this.#nesting += 1;
    this.read(sourceOf(script), before);
    this.#nesting -= 1;
  }
}

function joined(words: readonly ShellText[]): ShellText {
  return words.flatMap((word) => [...word, { text: ' ', offset: word.at(-1)?.offset ?? 0 }]);
}
