import type { Branch, Variables } from './shell-variables.ts';

/** Deeper nesting is read straight through. */
const maxNesting = 64;

interface Choice {
  readonly branches: Branch[];
  readonly skippedOutside: boolean;
  readonly isLoop: boolean;
  /** A branch is known to be the one that is taken. */
  decided: boolean;
  /** One branch is taken in any case. */
  exhaustive: boolean;
  open: boolean;
}

/** The `if`, `case` and `while` that the reader is in: which branch is skipped, and what the others assign. */
export class Choices {
  readonly #variables: Variables;
  readonly #nested: Choice[] = [];
  #beyond = 0;
  /** Whether what is read now is known never to run. */
  skipping = false;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  start(isLoop = false): void {
    if (this.#nested.length >= maxNesting) this.#beyond += 1;
    else {
      const skippedOutside = this.skipping;
      this.#nested.push({ branches: [], skippedOutside, isLoop, decided: false, exhaustive: false, open: false });
    }
  }

  /** A branch starts that is taken if `holds`; null where nobody knows. Conditions of later branches are read outside. */
  branch(holds: boolean | null): void {
    const choice = this.#innermost();
    if (choice === null) return;
    this.endBranch();
    this.skipping = choice.skippedOutside || choice.decided || holds === false;
    if (this.skipping) return;
    if (holds === true) choice.decided = choice.exhaustive = true;
    this.#variables.startBranch();
    choice.open = true;
  }

  endBranch(): void {
    const choice = this.#innermost();
    if (choice === null) return;
    if (choice.open) choice.branches.push(this.#variables.endBranch());
    choice.open = false;
    this.skipping = choice.skippedOutside || choice.decided;
  }

  otherwise(): void {
    this.branch(null);
    const choice = this.#innermost();
    if (choice !== null) choice.exhaustive = true;
  }

  end(): void {
    const choice = this.#innermost();
    if (choice === null) {
      this.#beyond = Math.max(0, this.#beyond - 1);
      return;
    }
    this.endBranch();
    this.#nested.pop();
    this.skipping = choice.skippedOutside;
    if (choice.branches.length > 0) this.#variables.merge(choice.branches, choice.exhaustive, choice.isLoop);
  }

  #innermost(): Choice | null {
    return this.#beyond > 0 ? null : (this.#nested.at(-1) ?? null);
  }
}
