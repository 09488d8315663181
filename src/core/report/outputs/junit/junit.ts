import { htmlText } from '../../escape.ts';
import type { Output } from '../../output.ts';
import { annotationsOf, type Annotation } from '../annotations/annotations.ts';

/**
 * A test case for each config, in JUnit's XML as Jenkins, GitLab and others read it: an error is a failure, what waits or
 * warns is said in its output. By hand, since it is three elements; what others wrote is escaped as in HTML.
 */
export const junit: Output = {
  name: 'junit',
  reader: 'tool',
  render(evaluation) {
    const remarks = annotationsOf(evaluation);
    const paths = [...new Set([...evaluation.pairs.map(({ path }) => path), ...remarks.map(({ path }) => path)])];
    const cases = paths.map((path) =>
      caseOf(
        path,
        remarks.filter((remark) => remark.path === path),
      ),
    );
    const failures = cases.filter(({ isFailed }) => isFailed).length;
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuite name="scalegate" tests="${cases.length}" failures="${failures}">`,
      ...cases.map(({ xml }) => xml),
      '</testsuite>',
    ].join('\n');
  },
};

function caseOf(path: string, remarks: readonly Annotation[]): { readonly xml: string; readonly isFailed: boolean } {
  const errors = remarks.filter(({ level }) => level === 'error');
  const others = remarks.filter(({ level }) => level !== 'error');
  const failures = errors.map(({ rule, message, line }) => {
    return `<failure type="${xml(rule)}" message="${xml(message)}">line ${line}</failure>`;
  });
  const output = others
    .map(({ level, rule, line, message }) => `${level} ${rule}, line ${line}: ${message}`)
    .join('\n');
  const said = output === '' ? '' : `<system-out>${output.split('\n').map(xml).join('\n')}</system-out>`;
  const name = xml(path);
  return {
    xml: `<testcase classname="scalegate" name="${name}" file="${name}">${failures.join('')}${said}</testcase>`,
    isFailed: errors.length > 0,
  };
}

function xml(text: string): string {
  return htmlText(text, 2000);
}
