import { expect, test } from 'vitest';
import { aFinding, jump } from '../../../../../test/support/a-finding.ts';
import { anEvaluation } from '../../../../../test/support/an-evaluation.ts';
import { junit } from './junit.ts';

const options = { width: 80, colour: false, version: '1.0.0' };

test('an error is a failure of its config, and what waits stands in the output', () => {
  const xml = junit.render(anEvaluation({ findings: [aFinding(), jump] }), options)!;
  expect(xml).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuite name="scalegate" tests="1" failures="1">/,
  );
  expect(xml).toContain('<testcase classname="scalegate" name="configs/large.yaml" file="configs/large.yaml">');
  expect(xml).toContain('<failure type="memory-limit" message="Peak memory is 96.4 GiB per GPU');
  expect(xml).toContain('<system-out>warning scale-jump, line 4: The run climbs');
});

test('what others wrote closes no element', () => {
  const path = '"/><testcase name="forged">&.yaml';
  const finding = aFinding({ path, place: { path, line: 1, column: 1 }, message: '</failure><x>' });
  const xml = junit.render(anEvaluation({ findings: [finding] }), options)!;
  expect(xml.match(/<testcase /g)).toHaveLength(1);
  expect(xml.match(/<\/failure>/g)).toHaveLength(1);
  expect(xml).toContain('&lt;/failure&gt;&lt;x&gt;');
});
