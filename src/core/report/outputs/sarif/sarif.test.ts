import { expect, test } from 'vitest';
import { aFinding, jump } from '../../../../../test/support/a-finding.ts';
import { anEvaluation } from '../../../../../test/support/an-evaluation.ts';
import { sarif } from './sarif.ts';

const options = { width: 80, colour: false, version: '1.0.0' };

test('each finding is a result of its rule at its line', () => {
  const path = 'configs/a b#1.yaml';
  const findings = [aFinding({ path, place: { path, line: 15, column: 3 } }), jump];
  const log: unknown = JSON.parse(sarif.render(anEvaluation({ findings }), options)!);
  expect(log).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'scalegate', version: '1.0.0', rules: [{ id: 'memory-limit' }, { id: 'scale-jump' }] },
        },
        results: [
          {
            ruleId: 'memory-limit',
            level: 'error',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'configs/a%20b%231.yaml' },
                  region: { startLine: 15, startColumn: 3 },
                },
              },
            ],
          },
          { ruleId: 'scale-jump', level: 'warning' },
        ],
      },
    ],
  });
});

test('a pull request without findings is a log without results', () => {
  expect(JSON.parse(sarif.render(anEvaluation(), options)!)).toMatchObject({ runs: [{ results: [] }] });
});
