import type { StatedFacts } from '../stated-facts.ts';
import type { TrainingArguments } from './schema.ts';

/** How long it trains, how often it saves, and what it logs (transformers, TrainingArguments). */
export function stateDuration(stated: StatedFacts, config: TrainingArguments): void {
  const { max_steps: steps, num_train_epochs: epochs } = config;
  // max_steps overrides epochs where it is positive; -1 is "not set".
  if (typeof steps === 'number' && steps > 0) stated.state('training.steps', steps, ['max_steps']);
  else if (typeof epochs === 'number' && epochs > 0) stated.state('training.epochs', epochs, ['num_train_epochs']);
  stateCheckpoints(stated, config);
  stateLog(stated, config);
}

function stateCheckpoints(stated: StatedFacts, config: TrainingArguments): void {
  const { save_strategy: strategy, save_steps: steps, num_train_epochs: epochs, max_steps: maxSteps } = config;
  if (strategy === 'best') return;
  if (strategy === 'no' || strategy === false) {
    // What the script saves when it is done is the only checkpoint.
    stated.state('training.checkpoint_every', '100%', ['save_strategy']);
  } else if (strategy === 'epoch') {
    // How many steps an epoch has depends on the data; with max_steps, so does the number of epochs.
    if (typeof epochs !== 'number' || epochs <= 0 || (typeof maxSteps === 'number' && maxSteps > 0)) return;
    stated.state('training.checkpoint_every', percent(Math.min(1, 1 / epochs)), ['save_strategy']);
  } else {
    // Below 1, save_steps is a share of the training.
    const every = typeof steps === 'number' && steps < 1 ? percent(steps) : steps;
    stated.state('training.checkpoint_every', every, ['save_steps']);
    stated.imply('training.checkpoint_every', 500);
  }
}

/** The Trainer logs loss and gradient norm on its own; Weights & Biases adds the GPUs' memory (wandb, "System metrics"). */
function stateLog(stated: StatedFacts, config: TrainingArguments): void {
  const { logging_strategy: strategy, report_to: reportTo } = config;
  if (strategy === 'no' || strategy === false) {
    stated.state('training.log', [], ['logging_strategy']);
    return;
  }
  const logged = ['loss', 'grad_norm'];
  if (reportTo === null || reportTo === undefined) {
    stated.imply('training.log', logged);
    return;
  }
  const destinations = typeof reportTo === 'string' ? [reportTo] : reportTo;
  stated.state('training.log', destinations.includes('wandb') ? [...logged, 'memory'] : logged, ['report_to']);
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(4))}%`;
}
