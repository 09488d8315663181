import { visibleLines } from './visible-lines.ts';

/** What people can write in a comment: `/scalegate approve CODE`, on a line of its own. */
export type Command =
  | { readonly kind: 'approve'; /** Upper case; null where none was given. */ readonly code: string | null }
  | { readonly kind: 'unapprove' }
  | { readonly kind: 'explain' }
  | { readonly kind: 'recheck' }
  /** Also what is taken for any other word after `/scalegate`. */
  | { readonly kind: 'help' };

/** A comment of many commands is a mistake or an attack. */
const most = 5;

/**
 * The commands of a comment, in order: lines that are a command and nothing else, where a reader sees them as text. What
 * is quoted, in code or hidden in an HTML comment is not said by whoever wrote the comment.
 */
export function parseCommands(body: string): readonly Command[] {
  // GitHub takes no longer comment
  if (body.length > 65_536 || !/\/scalegate/i.test(body)) return [];
  return visibleLines(body).flatMap(commandOf).slice(0, most);
}

function commandOf(line: string): Command[] {
  const match = /^ {0,3}\/scalegate(?:[ \t]+([^\s]+)(?:[ \t]+([^\s]+))?)?[ \t]*$/i.exec(line);
  if (match === null) return /^ {0,3}\/scalegate[ \t]/i.test(line) ? [{ kind: 'help' }] : [];
  const [, word = '', argument] = match;
  const kind = word.toLowerCase();
  if (kind === 'approve') return [{ kind, code: argument === undefined ? null : codeOf(argument) }];
  if (argument !== undefined) return [{ kind: 'help' }];
  if (kind === 'unapprove' || kind === 'explain' || kind === 'recheck') return [{ kind }];
  return [{ kind: 'help' }];
}

/** As it is shown, whatever case it was typed in, and without the quotes that people copy along. */
function codeOf(argument: string): string {
  return argument
    .replaceAll(/[`'"*]/g, '')
    .toUpperCase()
    .slice(0, 40);
}
