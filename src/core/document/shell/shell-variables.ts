import { AppendList } from './append-list.ts';
import { withOpenArguments } from './open-arguments.ts';
import { isUnknown, plainText, unknownAt } from './shell-text.ts';
import type { Variable } from './shell-variable.ts';

/** What one branch of a choice assigned. */
export type Branch = ReadonlyMap<string, Variable>;

/** The variables of a script, and what becomes of them where nobody knows which branch is taken. */
export class Variables {
  readonly #values = new Map<string, Variable>();
  readonly #overwritten: Map<string, Variable | undefined>[] = [];

  get(name: string): Variable | undefined {
    return this.#values.get(name);
  }

  assign(name: string, value: Variable): void {
    const branch = this.#overwritten.at(-1);
    if (branch !== undefined && !branch.has(name)) branch.set(name, this.#values.get(name));
    this.#values.set(name, value);
  }

  entries(): Iterable<[string, Variable]> {
    return this.#values;
  }

  startBranch(): void {
    this.#overwritten.push(new Map());
  }

  /** What the branch assigned; the variables are again what they were before it. */
  endBranch(): Branch {
    const assigned = new Map<string, Variable>();
    for (const [name, before] of this.#overwritten.pop() ?? []) {
      const after = this.#values.get(name);
      if (after !== undefined) assigned.set(name, after);
      if (before === undefined) this.#values.delete(name);
      else this.#values.set(name, before);
    }
    return assigned;
  }

  /**
   * Goes on after a choice: a variable has the one value that the branches agree on, or is unknown. A branch that
   * leaves it unset or unknown does not object: `if [ -z "$1" ]; then N=8` means 8 unless somebody says otherwise. Nor does
   * a loop over the arguments, in which each option assigns what it likes. A list of arguments to which branches append
   * keeps what it had ({@link withOpenArguments}).
   */
  merge(branches: readonly Branch[], exhaustive: boolean, isLoop: boolean): void {
    for (const name of new Set(branches.flatMap((branch) => [...branch.keys()]))) {
      const before = this.#values.get(name);
      const values = branches.map((branch) => {
        const after = branch.get(name) ?? before;
        return isLoop && after !== undefined && 'text' in after ? { text: after.text } : after;
      });
      const all = exhaustive ? values : [...values, before];
      this.assign(name, (isLoop ? null : withOpenArguments(before, all)) ?? agreed(all));
    }
  }
}

/** The one value that all have which have any; unknown where two differ, here or in a choice within a branch. */
export function agreed(values: readonly (Variable | undefined)[]): Variable {
  const present = values.filter((value) => value !== undefined);
  const known = present.filter((value) => !('text' in value) || !isUnknown(value.text.toArray()));
  const [first] = known;
  const offset = firstOffset(first ?? present[0]);
  const isContested = present.some(isContestedIn) || known.some((value) => spell(value) !== spell(first));
  if (isContested) return { text: AppendList.of(unknownAt(offset)), isContested };
  if (first === undefined) return { text: AppendList.of(unknownAt(offset)) };
  return first;
}

function isContestedIn(value: Variable): boolean {
  return 'text' in value && value.isContested === true;
}

function firstOffset(value: Variable | undefined): number {
  if (value === undefined) return 0;
  return ('text' in value ? value.text.first : value.items.first?.[0])?.offset ?? 0;
}

function spell(value: Variable | undefined): string {
  if (value === undefined) return '';
  return 'text' in value ? plainText(value.text.toArray()) : `(${value.items.toArray().map(plainText).join('\n')})`;
}
