import { expect, test } from 'vitest';
import { fileOf, recipeOf, recipePath } from './recipe-path.ts';

test('a recipe has the path of its file and its own name', () => {
  const path = recipePath('configs/llama.py', 'llama_8b');
  expect(path).toBe('configs/llama.py::llama_8b');
  expect(fileOf(path)).toBe('configs/llama.py');
  expect(recipeOf(path)).toBe('llama_8b');
});

test.each(['configs/llama.py', 'a::b.yaml', 'a.py::', 'a.yaml::b', ''])('%j names a whole file', (path) => {
  expect(fileOf(path)).toBe(path);
  expect(recipeOf(path)).toBeNull();
});
