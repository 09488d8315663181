import type { App } from '../state/app.ts';
import type { Installation } from '../state/installation.ts';
import type { World } from '../state/world.ts';
import { webhookEvents } from '../operations.ts';
import type { Happening } from './happening.ts';
import { repositoryOf } from './payload.ts';

export interface Receiver {
  readonly app: App;
  /** null where an event is about the App itself. */
  readonly installation: Installation | null;
}

/** The Apps that GitHub tells of a happening. */
export function receiversOf(happening: Happening, world: World): Receiver[] {
  if (happening.event === 'ping') return [{ app: happening.app, installation: null }];
  if ('installation' in happening) return [{ app: happening.installation.app, installation: happening.installation }];
  if (happening.event === 'membership') {
    const all = world.apps.flatMap((app) => app.installations);
    return all
      .filter(({ account }) => account.login.toLowerCase() === happening.team.org.toLowerCase())
      .filter((one) => one.suspended === null && one.app.subscribesTo('membership') && one.allows('members:read'))
      .map((installation) => ({ app: installation.app, installation }));
  }
  const repository = repositoryOf(happening);
  const { permission } = webhookEvents[happening.event];
  const installations = appsThatMayKnow(happening, world).flatMap((app) => app.installations);
  return installations
    .filter(({ app, suspended }) => suspended === null && app.subscribesTo(happening.event))
    .filter((installation) => repository !== null && installation.has(repository))
    .filter((installation) => installation.allows(permission))
    .map((installation) => ({ app: installation.app, installation }));
}

/** What is asked of a check, only its own App gets to know ("Webhook events and payloads", check_run). */
function appsThatMayKnow(happening: Happening, world: World): readonly App[] {
  if (happening.event === 'check_suite') return [happening.suite.app];
  const isRequest = happening.event === 'check_run' && ['rerequested', 'requested_action'].includes(happening.action);
  return isRequest ? [happening.run.suite.app] : world.apps;
}
