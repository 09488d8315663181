import type { StatedFacts } from '../stated-facts.ts';
import type { Axolotl } from './schema.ts';

/** How long it trains, how often it saves, and what it logs. */
export function stateDuration(stated: StatedFacts, config: Axolotl): void {
  const { max_steps: steps, num_epochs: epochs } = config;
  const countsSteps = typeof steps === 'number' && steps > 0;
  if (countsSteps) stated.state('training.steps', steps, ['max_steps']);
  else if (typeof epochs === 'number' && epochs > 0) stated.state('training.epochs', epochs, ['num_epochs']);
  else stated.imply('training.epochs', 1);
  stateCheckpoints(stated, config, countsSteps);
  const logged = ['loss', 'grad_norm'];
  // The Trainer logs loss and gradient norm on its own; Weights & Biases adds the GPUs' memory (wandb, "System metrics").
  if ((config.wandb_project ?? '') === '') stated.imply('training.log', logged);
  else stated.state('training.log', [...logged, 'memory'], ['wandb_project']);
}

function stateCheckpoints(stated: StatedFacts, config: Axolotl, countsSteps: boolean): void {
  const field = 'training.checkpoint_every';
  const { save_steps: steps, saves_per_epoch: saves, num_epochs: epochs, save_strategy: strategy } = config;
  if (strategy === 'no' || strategy === false) stated.state(field, '100%', ['save_strategy']);
  else if (typeof steps === 'number') stated.state(field, steps < 1 ? percent(steps) : steps, ['save_steps']);
  else if (typeof saves === 'number' && !countsSteps) {
    stated.state(field, percent(Math.min(1, 1 / (saves * (epochs ?? 1) || 1))), ['saves_per_epoch']);
  }
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(4))}%`;
}
