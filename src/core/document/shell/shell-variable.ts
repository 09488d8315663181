import type { AppendList } from './append-list.ts';
import type { Piece, ShellText } from './shell-text.ts';

/** A text, or the items of an array. */
export type Variable =
  | { readonly text: AppendList<Piece>; /** Two branches assign two values. */ readonly isContested?: true }
  | { readonly items: AppendList<ShellText> };
