import { openConnection } from '../../../../src/api/http/clients.ts';
import { callForToken, oauthTokenReply } from '../../../../src/api/http/token-call.ts';
import { checkedUrl } from '../../../../src/api/http/url-path.ts';
import type { VendorSetup } from '../../../../src/api/setup.ts';
import { safeText } from '../../../../src/api/text.ts';
import { acmeLimits } from './limits.ts';
import { readingOf } from './map.ts';

export function openClient(setup: VendorSetup) {
  const { name: connection, settings, clock } = setup;
  const baseUrl = settings.baseUrl ?? '';
  const clients = openConnection(setup, {
    limits: acmeLimits,
    baseUrl,
    signIn: ({ apiKey = '' }, line) => {
      const form = { grant_type: 'client_credentials', client_id: settings.partner ?? '', client_secret: apiKey };
      return callForToken(line, { connection, url: checkedUrl(`${baseUrl}/token`, 'baseUrl'), form }, oauthTokenReply);
    },
  });
  const self = { id: connection, name: safeText(setup.title) };
  return {
    ...clients,
    connection,
    mapped: (object: unknown) => readingOf(object, { connection, self, now: clock.now() }),
  };
}
