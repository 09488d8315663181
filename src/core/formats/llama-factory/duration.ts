import type { StatedFacts } from '../stated-facts.ts';
import type { LlamaFactory } from './schema.ts';

/** How long it trains, how often it saves, and what it logs (transformers, TrainingArguments). */
export function stateDuration(stated: StatedFacts, config: LlamaFactory): void {
  const { max_steps: steps, num_train_epochs: epochs } = config;
  if (typeof steps === 'number' && steps > 0) stated.state('training.steps', steps, ['max_steps']);
  else if (typeof epochs === 'number' && epochs > 0) stated.state('training.epochs', epochs, ['num_train_epochs']);
  else stated.imply('training.epochs', 3);
  stateCheckpoints(stated, config);

  const logged = ['loss', 'grad_norm'];
  const destinations = typeof config.report_to === 'string' ? [config.report_to] : (config.report_to ?? []);
  // Weights & Biases adds the GPUs' memory (wandb, "System metrics").
  if (destinations.includes('wandb')) stated.state('training.log', [...logged, 'memory'], ['report_to']);
  else if (destinations.length > 0) stated.state('training.log', logged, ['report_to']);
  else stated.imply('training.log', logged);
}

function stateCheckpoints(stated: StatedFacts, config: LlamaFactory): void {
  const field = 'training.checkpoint_every';
  const { save_strategy: strategy, save_steps: steps, num_train_epochs: epochs } = config;
  if (strategy === 'no' || strategy === false) stated.state(field, '100%', ['save_strategy']);
  else if (strategy === 'epoch') {
    if ((config.max_steps ?? 0) > 0 || (epochs ?? 0) <= 0) return;
    stated.state(field, percent(Math.min(1, 1 / (epochs ?? 1))), ['save_strategy']);
  } else {
    stated.state(field, typeof steps === 'number' && steps < 1 ? percent(steps) : steps, ['save_steps']);
    stated.imply(field, 500);
  }
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(4))}%`;
}
