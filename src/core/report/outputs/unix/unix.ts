import { cleanLine } from '../../escape.ts';
import type { Output } from '../../output.ts';
import { annotationsOf } from '../annotations/annotations.ts';

/** A remark a line, `path:line:column: level: message [rule]`, as compilers print them and editors jump to them. */
export const unix: Output = {
  name: 'unix',
  reader: 'tool',
  render: (evaluation) =>
    annotationsOf(evaluation)
      .map(({ path, line, column, level, rule, message }) => {
        return `${cleanLine(path, 400)}:${line}:${column}: ${level}: ${message} [${cleanLine(rule, 100)}]`;
      })
      .join('\n') || null,
};
