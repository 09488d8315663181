import type { StatedFacts } from '../stated-facts.ts';
import type { Oumi } from './schema.ts';

/** How long it trains, how often it saves, and what it logs. */
export function stateDuration(stated: StatedFacts, { training }: Oumi): void {
  const { max_steps: steps, num_train_epochs: epochs, save_steps: every } = training;
  const field = 'training.checkpoint_every';
  const countsSteps = typeof steps === 'number' && steps > 0;
  if (countsSteps) stated.state('training.steps', steps, ['training', 'max_steps']);
  else if (typeof epochs === 'number' && epochs > 0) {
    stated.state('training.epochs', epochs, ['training', 'num_train_epochs']);
  } else stated.imply('training.epochs', 3);

  if (training.save_epoch === true && !countsSteps) {
    const share = Math.min(1, 1 / (epochs ?? 3));
    stated.state(field, `${Number((100 * share).toFixed(4))}%`, ['training', 'save_epoch']);
  } else if (typeof every === 'number' && every > 0) stated.state(field, every, ['training', 'save_steps']);
  // 0 saves at the end only.
  else if (every === 0) stated.state(field, '100%', ['training', 'save_steps']);
  else stated.imply(field, 500);

  const logged = ['loss', 'grad_norm'];
  // Weights & Biases adds the GPUs' memory (wandb, "System metrics").
  if (training.enable_wandb === true) stated.state('training.log', [...logged, 'memory'], ['training', 'enable_wandb']);
  else stated.imply('training.log', logged);
}
