/**
 * The model that a builder of torchtune makes, by its id on the Hub (torchtune 0.6, torchtune/models/<family>/).
 * `lora_` and `qlora_` before the name say how it is trained.
 */
export function modelOfBuilder(component: string): string | null {
  const name = component.split('.').at(-1) ?? '';
  return builders.get(name.replace(/^q?lora_/, '')) ?? null;
}

const builders = new Map([
  ...sizes('code_llama2', 'codellama/CodeLlama-*-hf', ['7b', '13b', '70b']),
  ...sizes('gemma', 'google/gemma-*', ['2b', '7b']),
  ...sizes('gemma2', 'google/gemma-2-*', ['2b', '9b', '27b']),
  ...sizes('llama2', 'meta-llama/Llama-2-*-hf', ['7b', '13b', '70b']),
  ...sizes('llama3', 'meta-llama/Meta-Llama-3-*', ['8B', '70B']),
  ...sizes('llama3_1', 'meta-llama/Llama-3.1-*', ['8B', '70B', '405B']),
  ...sizes('llama3_2', 'meta-llama/Llama-3.2-*', ['1B', '3B']),
  ...sizes('llama3_2_vision', 'meta-llama/Llama-3.2-*-Vision', ['11B', '90B']),
  ['llama3_3_70b', 'meta-llama/Llama-3.3-70B-Instruct'],
  ['llama4_scout_17b_16e', 'meta-llama/Llama-4-Scout-17B-16E'],
  ['llama4_maverick_17b_128e', 'meta-llama/Llama-4-Maverick-17B-128E'],
  ['mistral_7b', 'mistralai/Mistral-7B-v0.1'],
  ['phi3_mini', 'microsoft/Phi-3-mini-4k-instruct'],
  ['phi4_14b', 'microsoft/phi-4'],
  ...sizes('qwen2', 'Qwen/Qwen2-*', ['0.5B', '1.5B', '7B']),
  ...sizes('qwen2_5', 'Qwen/Qwen2.5-*', ['0.5B', '1.5B', '3B', '7B', '14B', '32B', '72B']),
  ...sizes('qwen3', 'Qwen/Qwen3-*', ['0.6B', '1.7B', '4B', '8B', '14B', '32B']),
]);

/** Some builders exist for the base and the instruction-tuned model, which have the same shape. */
function sizes(family: string, id: string, all: readonly string[]): (readonly [string, string])[] {
  return all.flatMap((size) => {
    const builder = `${family}_${size.toLowerCase().replace('.', '_')}`;
    return ['', '_base', '_instruct'].map((ending) => [`${builder}${ending}`, id.replace('*', size)] as const);
  });
}
