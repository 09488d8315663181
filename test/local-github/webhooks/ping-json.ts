import type { App } from '../state/app.ts';
import type { Urls } from '../rest/rest-request.ts';

/** What GitHub sends when the webhook of an App was set up. */
export function pingJson(app: App, { api }: Urls) {
  return {
    zen: 'Keep it logically awesome.',
    hook_id: app.hookId,
    hook: {
      type: 'App',
      id: app.hookId,
      name: 'web',
      active: true,
      events: app.events,
      config: { content_type: 'json', insecure_ssl: '0', secret: '********', url: app.hookUrl ?? '' },
      created_at: app.createdAt,
      updated_at: app.createdAt,
      app_id: app.id,
      deliveries_url: `${api}/app/hook/deliveries`,
    },
  };
}
