import { AppendList } from './append-list.ts';
import type { ShellCursor } from './shell-cursor.ts';
import type { ShellText } from './shell-text.ts';
import type { Variable } from './shell-variable.ts';
import type { Variables } from './shell-variables.ts';

export interface Assignment {
  readonly name: string;
  /** Null for one item of an array, which is not followed. */
  readonly value: Variable | null;
}

const head = /([A-Za-z_]\w*)(?:\[[^\]\n]*\])?(\+?)=/y;

/** Reads over `NAME=value`, `NAME+=value` or `NAME=( … )`; null where none stands here. */
export function takeAssignment(cursor: ShellCursor, variables: Variables): Assignment | null {
  const match = cursor.take(head);
  if (match === null) return null;
  const [matched, name = '', append] = match;
  const value: Variable =
    cursor.character === '(' ? { items: AppendList.of(arrayItems(cursor)) } : { text: AppendList.of(cursor.value()) };
  if (matched.includes('[')) return { name, value: null };
  const before = append === '+' ? variables.get(name) : undefined;
  return { name, value: before === undefined ? value : concatenated(before, value) };
}

function arrayItems(cursor: ShellCursor): ShellText[] {
  const items: ShellText[] = [];
  cursor.at += 1;
  while (!cursor.isAtEnd && cursor.character !== ')') {
    if (cursor.character === '#') cursor.at = cursor.lineEnd;
    else if (/[\s;&|<>(]/.test(cursor.character)) cursor.at += 1;
    else for (const field of cursor.word()) items.push(field);
  }
  cursor.at += 1;
  return items;
}

function concatenated(before: Variable, value: Variable): Variable {
  if ('text' in before && 'text' in value) return { text: before.text.append(value.text.toArray()) };
  const items = 'items' in before ? before.items : AppendList.of([before.text.toArray()]);
  return { items: items.append('items' in value ? value.items.toArray() : [value.text.toArray()]) };
}
