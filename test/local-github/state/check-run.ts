import type { CheckRunAction } from '../webhooks/happening.ts';
import type { Account } from './account.ts';
import type { CheckSuite } from './check-suite.ts';
import type { World } from './world.ts';

export type CheckStatus = 'queued' | 'in_progress' | 'completed';
export type Conclusion =
  'action_required' | 'cancelled' | 'failure' | 'neutral' | 'skipped' | 'stale' | 'success' | 'timed_out';

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'failure' | 'notice' | 'warning';
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface CheckButton {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** What a request may say of a run, in the words of the REST API. */
export interface CheckRunFields {
  readonly name?: string;
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: CheckStatus;
  readonly conclusion?: Conclusion;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title: string;
    readonly summary: string;
    readonly text?: string;
    readonly annotations?: readonly Annotation[];
  };
  readonly actions?: readonly CheckButton[];
}

export class CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  name: string;
  detailsUrl: string | null = null;
  externalId = '';
  status: CheckStatus = 'queued';
  conclusion: Conclusion | null = null;
  startedAt: string;
  completedAt: string | null = null;
  title: string | null = null;
  summary: string | null = null;
  text: string | null = null;
  readonly annotations: Annotation[] = [];
  buttons: readonly CheckButton[] = [];
  readonly #world: World;

  constructor(world: World, suite: CheckSuite, fields: CheckRunFields & { readonly name: string }) {
    this.#world = world;
    this.id = world.sequence.nextId();
    this.suite = suite;
    this.name = fields.name;
    this.startedAt = world.sequence.nextInstant();
    this.#take(fields);
  }

  /** Annotations are added to those that are there; everything else is replaced. */
  update(fields: CheckRunFields): void {
    const wasCompleted = this.status === 'completed';
    this.#take(fields);
    this.suite.touch();
    if (!wasCompleted && this.status === 'completed') this.emit('completed', this.suite.app.bot);
  }

  /** "Re-run" of a user: the suite is queued again, the run stays as it is. */
  rerequest(by: string): void {
    this.suite.isRerequested = true;
    this.suite.touch();
    this.emit('rerequested', this.#world.account(by));
  }

  /** A user presses a button. @throws where GitHub shows none: the run is not completed, or has no such button. */
  press(identifier: string, by: string): void {
    const isShown = this.status === 'completed' && this.buttons.some((button) => button.identifier === identifier);
    if (!isShown) throw new Error(`The check run ${this.name} shows no button ${identifier}`);
    this.emit('requested_action', this.#world.account(by), identifier);
  }

  emit(action: CheckRunAction, sender: Account, identifier?: string): void {
    this.#world.emit({ event: 'check_run', action, run: this, sender, ...(identifier ? { identifier } : {}) });
  }

  #take(fields: CheckRunFields): void {
    const { name, details_url, external_id, started_at, completed_at, output, actions } = fields;
    this.name = name ?? this.name;
    this.detailsUrl = details_url ?? this.detailsUrl;
    this.externalId = external_id ?? this.externalId;
    this.startedAt = started_at ?? this.startedAt;
    this.title = output?.title ?? this.title;
    this.summary = output?.summary ?? this.summary;
    this.text = output?.text ?? this.text;
    this.annotations.push(...(output?.annotations ?? []));
    this.buttons = actions ?? this.buttons;
    if (fields.conclusion !== undefined) {
      this.status = 'completed';
      this.conclusion = fields.conclusion;
      this.completedAt = completed_at ?? this.#world.sequence.nextInstant();
    } else if (fields.status !== undefined) {
      // A completed run that is set back has no conclusion any more, and a required check waits again.
      this.status = fields.status;
      this.conclusion = null;
      this.completedAt = null;
    }
  }
}
