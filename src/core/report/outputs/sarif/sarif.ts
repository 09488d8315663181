import type { Output } from '../../output.ts';
import { rulePage } from '../../rule-page.ts';
import { annotationsOf, type Annotation } from '../annotations/annotations.ts';
import { printJson } from '../json/json.ts';

/** The remarks as SARIF 2.1.0 (OASIS), which code scanning services of GitHub, GitLab and Azure show. */
export const sarif: Output = {
  name: 'sarif',
  reader: 'tool',
  render(evaluation, { version }) {
    const remarks = annotationsOf(evaluation);
    const ruleIds = [...new Set(remarks.map(({ rule }) => rule))];
    const driver = {
      name: 'scalegate',
      version,
      informationUri: 'https://github.com/scalegate/scalegate',
      rules: ruleIds.map((id) => ({ id, helpUri: rulePage(id) })),
    };
    return printJson({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver }, results: remarks.map(resultOf) }],
    });
  },
};

const levels = { error: 'error', warning: 'warning', notice: 'note' } as const;

function resultOf({ path, line, column, level, rule, message }: Annotation): object {
  // A path is a URI here: each of its parts is escaped
  const uri = path.split('/').map(encodeURIComponent).join('/');
  const region = { startLine: Math.max(1, line), startColumn: Math.max(1, column) };
  return {
    ruleId: rule,
    level: levels[level],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region } }],
  };
}
