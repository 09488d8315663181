import { expect, test } from 'vitest';
import { estimateConfig } from '../../../estimate-config.ts';
import { readGuards } from '../../../guards.ts';
import { OpenedFiles } from '../../../reading/opened-files.ts';
import { runSection } from './run-section.ts';

function sectionOf(text: string): string {
  const guards = readGuards(null);
  const files = new OpenedFiles([['run.yaml', { text }]], guards.policy.formats);
  return runSection(estimateConfig('run.yaml', files, guards).estimated!);
}

const run = (name: string, gpu: string) => `scalegate: 1
name: ${name}
model: { id: meta-llama/Llama-3.1-8B }
training: { sequence_length: 4096, micro_batch_size: 1, precision: bf16-mixed, activation_checkpointing: full }
parallelism: { sharding: zero3 }
hardware: { gpu: ${gpu}, count: 8 }
`;

test('a run that fits says so first, and its parts are a table', () => {
  const html = sectionOf(run('a', 'H100-80GB'));
  expect(html).toMatch(/^<p class="verdict fits">Fits: [\d.]+ GiB of 79\.\d GiB \(\d+%\)<\/p>/);
  expect(html).toContain('<th scope="row"><span class="swatch"');
  expect(html).toContain('8.03B');
});

test('a run that does not fit says so', () => {
  expect(sectionOf(run('a', 'T4'))).toContain('<p class="verdict over">Does not fit: ');
});

test('what is unknown is said, and what others wrote is text', () => {
  const html = sectionOf('scalegate: 1\nmodel: { id: "<b>no</b>/model" }\n');
  expect(html).toContain('Memory is unknown.');
  expect(html).toContain('&lt;b&gt;no&lt;/b&gt;');
  expect(html).not.toContain('<b>');
});
