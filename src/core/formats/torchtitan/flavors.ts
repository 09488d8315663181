/**
 * The published model that a flavor is: torchtitan/models/<name>/__init__.py has the dimensions, which are those of
 * these models. Null for flavors of torchtitan's own, such as `debugmodel`.
 */
export function hubId(name: string, flavor: string): string | null {
  return flavors.get(`${name}/${flavor}`) ?? null;
}

const flavors = new Map([
  ['llama3/8B', 'meta-llama/Llama-3.1-8B'],
  ['llama3/70B', 'meta-llama/Llama-3.1-70B'],
  ['llama3/405B', 'meta-llama/Llama-3.1-405B'],
  ['deepseek_v3/671B', 'deepseek-ai/DeepSeek-V3'],
  ...['0.6B', '1.7B', '4B', '8B', '14B', '32B', '30B-A3B', '235B-A22B'].map(
    (size) => [`qwen3/${size}`, `Qwen/Qwen3-${size}`] as const,
  ),
  ['gpt_oss/20b', 'openai/gpt-oss-20b'],
  ['gpt_oss/120b', 'openai/gpt-oss-120b'],
]);
